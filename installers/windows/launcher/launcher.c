/* Starts the newest version of "Một cửa cấp xã" that comes up on this PC.
 *
 * commune-counter.exe          the technician's commands, in a console
 * commune-counter-window.exe   the program (compiled with WINDOW)
 *
 * The files and rules are those of installers/debian/files/launcher.sh: versions lie in two folders, the one
 * the setup filled and the user's own; a version is left for good when it did not come up twice (five times
 * if it ever had). "starting" counts, the program itself clears it once its window is there.
 */
#include <windows.h>
#include <shlobj.h>
#include <shlwapi.h>
#include <stdio.h>
#include <wchar.h>

#define LONGEST 1024
#define MOST_TEXT (64 * 1024)
#define NO_VERSION 4

typedef struct {
    wchar_t application[128], zip[LONGEST], python[LONGEST];
} Version;

static wchar_t base[LONGEST], own[LONGEST];

#ifdef WINDOW
static const wchar_t *interpreter = L"pythonw.exe";
#else
static const wchar_t *interpreter = L"python.exe";
#endif

static int complain(const wchar_t *words)
{
#ifdef WINDOW
    MessageBoxW(NULL, words, L"Một cửa cấp xã", MB_OK | MB_ICONERROR);
#else
    fwprintf(stderr, L"commune-counter: %ls\n", words);
#endif
    return NO_VERSION;
}

static void join(wchar_t *to, const wchar_t *folder, const wchar_t *name)
{
    _snwprintf(to, LONGEST - 1, L"%ls\\%ls", folder, name);
    to[LONGEST - 1] = 0;
}

static BOOL is_there(const wchar_t *path) { return GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES; }

/* All of a small text file, ended by zero; an empty text when there is none. */
static char *text_of(const wchar_t *folder, const wchar_t *name)
{
    static char text[MOST_TEXT + 1];
    wchar_t path[LONGEST];
    DWORD got = 0;
    join(path, folder, name);
    HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                              OPEN_EXISTING, 0, NULL);
    if (file != INVALID_HANDLE_VALUE) {
        if (!ReadFile(file, text, MOST_TEXT, &got, NULL)) got = 0;
        CloseHandle(file);
    }
    text[got] = 0;
    return text;
}

/* How many lines of the file are exactly `line`. */
static int lines_that_are(const wchar_t *folder, const wchar_t *name, const wchar_t *line)
{
    char wanted[512];
    int count = 0;
    WideCharToMultiByte(CP_UTF8, 0, line, -1, wanted, sizeof wanted, NULL, NULL);
    for (char *one = strtok(text_of(folder, name), "\r\n"); one; one = strtok(NULL, "\r\n"))
        count += strcmp(one, wanted) == 0;
    return count;
}

#ifdef WINDOW
/* One more line, on the disk when this returns. */
static void note(const wchar_t *name, const wchar_t *line)
{
    char text[512];
    wchar_t path[LONGEST];
    DWORD put;
    join(path, own, name);
    HANDLE file = CreateFileW(path, FILE_APPEND_DATA, FILE_SHARE_READ, NULL, OPEN_ALWAYS, 0, NULL);
    if (file == INVALID_HANDLE_VALUE) return;
    int size = WideCharToMultiByte(CP_UTF8, 0, line, -1, text, sizeof text - 1, NULL, NULL);
    if (size > 0) {
        text[size - 1] = '\n';
        WriteFile(file, text, (DWORD)size, &put, NULL);
        FlushFileBuffers(file);
    }
    CloseHandle(file);
}
#endif

/* The version a file such as "current" names, if all of it is here. */
static BOOL named(const wchar_t *folder, const wchar_t *file, Version *found)
{
    char application[120], runtime[120];
    wchar_t wide_runtime[128], home[LONGEST];
    if (sscanf(text_of(folder, file), "%119s %119s", application, runtime) != 2) return FALSE;
    if (strncmp(application, "app-", 4) || strncmp(runtime, "runtime-", 8)) return FALSE;
    if (strpbrk(application, "/\\:") || strpbrk(runtime, "/\\:") || strstr(runtime, "..")) return FALSE;
    MultiByteToWideChar(CP_UTF8, 0, application, -1, found->application, 128);
    MultiByteToWideChar(CP_UTF8, 0, runtime, -1, wide_runtime, 128);
    join(home, base, wide_runtime);
    join(found->python, home, interpreter);
    join(found->zip, base, found->application);
    if (!is_there(found->zip)) join(found->zip, own, found->application);
    return is_there(found->zip) && is_there(found->python);
}

/* Was the version refused since the setup last ran? What is installed anew gets another chance. */
static BOOL is_refused(const wchar_t *application)
{
    WIN32_FILE_ATTRIBUTE_DATA refused, current;
    wchar_t path[LONGEST];
    join(path, own, L"refused");
    if (!GetFileAttributesExW(path, GetFileExInfoStandard, &refused)) return FALSE;
    join(path, base, L"current");
    if (GetFileAttributesExW(path, GetFileExInfoStandard, &current) &&
        CompareFileTime(&current.ftLastWriteTime, &refused.ftLastWriteTime) > 0)
        return FALSE;
    return lines_that_are(own, L"refused", application) > 0;
}

/* The newest version that was not refused; the first that is here when all were. */
static BOOL pick(Version *chosen)
{
    const wchar_t *folders[] = {own, base, own, base};
    const wchar_t *files[] = {L"current", L"current", L"previous", L"previous"};
    Version one, anyway;
    BOOL any = FALSE, some = FALSE;
    for (int at = 0; at < 4; at++) {
        if (!named(folders[at], files[at], &one)) continue;
        if (!any) anyway = one;
        any = TRUE;
        if (is_refused(one.application)) continue;
        if (!some || StrCmpLogicalW(one.application, chosen->application) > 0) *chosen = one;
        some = TRUE;
    }
    if (!some && any) *chosen = anyway;
    return any;
}

/* What stands on our own command line behind the program's name, as it was written. */
static const wchar_t *arguments(void)
{
    const wchar_t *at = GetCommandLineW();
    BOOL quoted = FALSE;
    for (; *at && (quoted || (*at != L' ' && *at != L'\t')); at++)
        if (*at == L'"') quoted = !quoted;
    while (*at == L' ' || *at == L'\t') at++;
    return at;
}

/* Run it and wait; its exit code, or NO_VERSION. */
static DWORD run(const Version *version, const wchar_t *act, const wchar_t *folder)
{
    static wchar_t line[32768];
    STARTUPINFOW begin = {.cb = sizeof begin};
    PROCESS_INFORMATION process;
    DWORD code = NO_VERSION;
    _snwprintf(line, 32767, L"\"%ls\" -s -X utf8 \"%ls\"%ls %ls", version->python, version->zip, act, arguments());
    if (!CreateProcessW(version->python, line, NULL, NULL, TRUE, 0, NULL, folder, &begin, &process)) return code;
    WaitForSingleObject(process.hProcess, INFINITE);
    GetExitCodeProcess(process.hProcess, &code);
    CloseHandle(process.hThread);
    CloseHandle(process.hProcess);
    return code;
}

static void surroundings(void)
{
    wchar_t data[LONGEST], none[LONGEST];
    GetModuleFileNameW(NULL, base, LONGEST);
    PathRemoveFileSpecW(base);
    if (FAILED(SHGetFolderPathW(NULL, CSIDL_LOCAL_APPDATA | CSIDL_FLAG_CREATE, NULL, 0, data))) wcscpy(data, base);
    join(own, data, L"commune-counter");
    CreateDirectoryW(own, NULL);
    wcscat(own, L"\\program");
    CreateDirectoryW(own, NULL);
    join(none, base, L"no-packages-of-the-user");
    SetEnvironmentVariableW(L"COMMUNE_COUNTER_BASE", base);
    SetEnvironmentVariableW(L"COMMUNE_COUNTER_PROGRAM", own);
    SetEnvironmentVariableW(L"PYTHONUSERBASE", none);
    SetEnvironmentVariableW(L"PYTHONPATH", NULL);
    SetEnvironmentVariableW(L"PYTHONHOME", NULL);
}

#ifdef WINDOW
static DWORD start(Version *version)
{
    wchar_t starting[LONGEST], common[LONGEST], provision[LONGEST];
    int most = lines_that_are(own, L"proven", version->application) ? 5 : 2;
    join(starting, own, L"starting");
    if (lines_that_are(own, L"starting", version->application) >= most) {
        note(L"refused", version->application);
        DeleteFileW(starting);
        pick(version);
    }
    note(L"starting", version->application);
    /* The province's file that the setup was given lies there: the first page looks where it was started. */
    SHGetFolderPathW(NULL, CSIDL_COMMON_APPDATA, NULL, 0, common);
    join(provision, common, L"commune-counter");
    DWORD code = run(version, L"", is_there(provision) ? provision : NULL);
    /* 0 ended as asked, 2 usage, 4 said in words why it cannot start: none is the version's fault. */
    if (code == 0 || code == 2 || code == 4) DeleteFileW(starting);
    return code;
}

int WINAPI wWinMain(HINSTANCE ours, HINSTANCE before, PWSTR line, int show)
#else
static DWORD start(Version *version)
{
    SetConsoleCtrlHandler(NULL, TRUE); /* Ctrl+C is the command's to answer */
    return run(version, L" cli", NULL);
}

int wmain(void)
#endif
{
    Version version;
    surroundings();
    if (!pick(&version))
        return complain(L"Không có bản nào chạy được trong thư mục cài đặt. Cài lại chương trình. "
                        L"(No usable version; install again.)");
    return (int)start(&version);
}
