; The setup program of a counter PC. Defined by build.py: VERSION VERSION_NUMBERS APPLICATION RUNTIME PAYLOAD FILES OUT
; SIZE_KB and, for tests, QUICK.
;
;   setup.exe /S                        silent
;   setup.exe /CONFIG=C:\a\b.mcp        the province's provisioning file, offered at the first start
;   setup.exe /AUTOSTART=no             no start with Windows
;   setup.exe /LANG=en                  English (Vietnamese without it)
;   setup.exe /D=C:\folder              where to (last on the line, no quotation marks)
;
; Exit codes: 0 done, 1 cancelled, 2 aborted, 3 this Windows is too old, 4 a newer version is installed,
; 5 the provisioning file cannot be read, 6 copying failed, 7 what was copied is not what was packed.
Unicode true
Target amd64-unicode
!ifdef QUICK
  SetCompress off
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
SetDateSave off
CRCCheck force
RequestExecutionLevel admin
ManifestSupportedOS all
ManifestDPIAware true

!include MUI2.nsh
!include FileFunc.nsh
!include WinVer.nsh
!include WordFunc.nsh
!include LogicLib.nsh

!define NAME "Một cửa cấp xã"
!define WINDOW_EXE "commune-counter-window.exe"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\commune-counter"
!define RUN_KEY "Software\Microsoft\Windows\CurrentVersion\Run"
!define OLDEST_BUILD 17763

Name "${NAME}"
OutFile "${OUT}"
InstallDir "$PROGRAMFILES64\commune-counter"
InstallDirRegKey HKLM "${KEY}" "InstallLocation"
BrandingText "${NAME} ${VERSION}"
VIProductVersion "${VERSION_NUMBERS}"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "FileDescription" "${NAME}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "Apache-2.0"

!define MUI_ICON "${PAYLOAD}\counter.ico"
!define MUI_UNICON "${PAYLOAD}\counter.ico"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_NOAUTOCLOSE
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_TEXT "$(TEXT_RUN)"
!define MUI_FINISHPAGE_RUN_FUNCTION StartAsUser
!insertmacro MUI_PAGE_LICENSE "${PAYLOAD}\LICENSE"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Vietnamese"
!insertmacro MUI_LANGUAGE "English"

LangString TEXT_RUN ${LANG_VIETNAMESE} "Mở ${NAME}"
LangString TEXT_RUN ${LANG_ENGLISH} "Open ${NAME}"
LangString TEXT_OLD ${LANG_VIETNAMESE} "Máy này chạy Windows quá cũ. Chương trình cần Windows 10 bản 1809 trở lên, 64 bit. Chưa có gì thay đổi. Nâng cấp Windows, hoặc cài bản dành cho Debian."
LangString TEXT_OLD ${LANG_ENGLISH} "This Windows is too old. The program needs 64-bit Windows 10 version 1809 or later. Nothing was changed. Update Windows, or install the Debian package."
LangString TEXT_NEWER ${LANG_VIETNAMESE} "Máy này đã có bản mới hơn bản ${VERSION}. Chưa có gì thay đổi. Dùng bộ cài mới nhất."
LangString TEXT_NEWER ${LANG_ENGLISH} "A version newer than ${VERSION} is installed. Nothing was changed. Use the newest setup program."
LangString TEXT_CONFIG ${LANG_VIETNAMESE} "Không đọc được tệp cấp phát đã nêu sau /CONFIG=. Chưa có gì thay đổi. Kiểm tra đường dẫn rồi chạy lại."
LangString TEXT_CONFIG ${LANG_ENGLISH} "The provisioning file named after /CONFIG= cannot be read. Nothing was changed. Check the path and run again."
LangString TEXT_COPY ${LANG_VIETNAMESE} "Không chép được tệp của chương trình. Bản đang có vẫn dùng được. Kiểm tra chỗ trống trên ổ đĩa, rồi chạy lại bộ cài."
LangString TEXT_COPY ${LANG_ENGLISH} "Files could not be copied. The version that was here still works. Check the free space of the disk, then run setup again."
LangString TEXT_DAMAGED ${LANG_VIETNAMESE} "Tệp vừa chép không khớp với bộ cài. Bản đang có vẫn dùng được. Kiểm tra ổ đĩa và phần mềm diệt vi-rút, rồi chạy lại bộ cài."
LangString TEXT_DAMAGED ${LANG_ENGLISH} "What was copied differs from what was packed. The version that was here still works. Check the disk and the virus scanner, then run setup again."
LangString TEXT_DATA ${LANG_VIETNAMESE} "Xóa cả dữ liệu của quầy trên máy này (hồ sơ, sổ, bản sao lưu của người dùng này)?$\n$\nViệc này không hoàn lại được. Chỉ chọn Có khi tỉnh đã nhận đủ dữ liệu và đơn vị đồng ý. Chọn Không để giữ dữ liệu."
LangString TEXT_DATA ${LANG_ENGLISH} "Delete the counter's data on this PC too (dossiers, registers, backups of this user)?$\n$\nThis cannot be undone. Choose Yes only when the province holds everything and the unit agrees. Choose No to keep the data."

Var config
Var autostart
Var common

; --- words, log, exit codes ---

!macro LOG_FUNCTION prefix
Function ${prefix}Log ; the line lies on the stack
  Exch $9
  Push $8
  Push $7
  Push $6
  Push $5
  Push $4
  Push $3
  Push $2
  ${GetTime} "" "L" $2 $3 $4 $5 $6 $7 $8
  CreateDirectory "$common"
  FileOpen $5 "$common\install.log" a
  FileSeek $5 0 END
  FileWriteUTF16LE /BOM $5 "$4-$3-$2 $6:$7:$8 ${VERSION} $9$\r$\n"
  FileClose $5
  Pop $2
  Pop $3
  Pop $4
  Pop $5
  Pop $6
  Pop $7
  Pop $8
  Pop $9
FunctionEnd
!macroend
!insertmacro LOG_FUNCTION ""
!insertmacro LOG_FUNCTION "un."

!macro Log words
  Push "${words}"
  !ifdef __UNINSTALL__
    Call un.Log
  !else
    Call Log
  !endif
!macroend
!define Log "!insertmacro Log"

!macro Refuse code words
  ${Log} "refused, exit code ${code}"
  MessageBox MB_OK|MB_ICONSTOP "${words}" /SD IDOK
  SetErrorLevel ${code}
  Quit
!macroend
!define Refuse "!insertmacro Refuse"

; A rename that is on the disk when it returns, and leaves either the old or the new file, never none.
!macro Replace from to
  System::Call 'kernel32::MoveFileExW(w "${from}", w "${to}", i 9) i .r0'
!macroend
!define Replace "!insertmacro Replace"

Function .onInit
  SetRegView 64
  SetShellVarContext all
  StrCpy $common "$APPDATA\commune-counter"
  ${GetParameters} $R0
  StrCpy $LANGUAGE ${LANG_VIETNAMESE}
  ClearErrors
  ${GetOptions} $R0 "/LANG=" $R1
  ${If} $R1 == "en"
    StrCpy $LANGUAGE ${LANG_ENGLISH}
  ${EndIf}
  ${GetOptions} $R0 "/AUTOSTART=" $autostart
  ${GetOptions} $R0 "/CONFIG=" $config
  ${IfNot} ${AtLeastBuild} ${OLDEST_BUILD}
    ${Refuse} 3 "$(TEXT_OLD)"
  ${EndIf}
  ReadRegStr $R1 HKLM "${KEY}" "DisplayVersion"
  ${If} $R1 != ""
    ${VersionCompare} "$R1" "${VERSION}" $R2
    ${If} $R2 == 1
      ${Refuse} 4 "$(TEXT_NEWER)"
    ${EndIf}
  ${EndIf}
  ${If} $config != ""
    ClearErrors
    FileOpen $R1 "$config" r
    ${If} ${Errors}
      ${Refuse} 5 "$(TEXT_CONFIG)"
    ${EndIf}
    FileClose $R1
  ${EndIf}
FunctionEnd

Function StartAsUser ; setup runs as administrator, the program must not
  Exec '"$WINDIR\explorer.exe" "$INSTDIR\${WINDOW_EXE}"'
FunctionEnd

!macro PutLauncher file
  ; A launcher that runs cannot be overwritten, but renamed.
  Delete "$INSTDIR\${file}.old"
  Rename "$INSTDIR\${file}" "$INSTDIR\${file}.old"
  File "${PAYLOAD}\${file}"
  Delete /REBOOTOK "$INSTDIR\${file}.old"
!macroend

Section
  ${Log} "begins, into $INSTDIR"
  SetOverwrite on
  ClearErrors
  ; A runtime never changes once it is whole; a running program may hold its files open.
  ${IfNot} ${FileExists} "$INSTDIR\${RUNTIME}\whole"
    !include "${FILES}"
  ${EndIf}
  SetOutPath "$INSTDIR"
  File "${PAYLOAD}\${APPLICATION}"
  File "${PAYLOAD}\settle.py"
  File "${PAYLOAD}\packed.txt"
  ${If} ${Errors}
    ${Refuse} 6 "$(TEXT_COPY)"
  ${EndIf}
  ClearErrors
  !insertmacro PutLauncher "commune-counter.exe"
  !insertmacro PutLauncher "commune-counter-window.exe"
  File "${PAYLOAD}\LICENSE"
  File "${PAYLOAD}\THIRD_PARTY.md"
  File "${PAYLOAD}\licences.txt"
  File "${PAYLOAD}\parts.cdx.json"
  !if /FileExists "${PAYLOAD}\update-keys.json"
    File "${PAYLOAD}\update-keys.json"
  !endif

  ; Every file read again, held to its hash and flushed, before anything is named that starts it.
  nsExec::ExecToLog '"$INSTDIR\${RUNTIME}\python.exe" -s -X utf8 "$INSTDIR\settle.py" "$INSTDIR"'
  Pop $0
  ${Log} "files compared and flushed: $0"
  ${If} $0 != 0
    ${Refuse} 7 "$(TEXT_DAMAGED)"
  ${EndIf}

  Call NameVersion
  Call SweepVersions
  Call Provision

  CreateShortCut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${WINDOW_EXE}"
  CreateShortCut "$DESKTOP\${NAME}.lnk" "$INSTDIR\${WINDOW_EXE}"
  ${If} $autostart == "no"
    DeleteRegValue HKLM "${RUN_KEY}" "commune-counter"
  ${Else}
    WriteRegStr HKLM "${RUN_KEY}" "commune-counter" '"$INSTDIR\${WINDOW_EXE}"'
  ${EndIf}
  WriteRegStr HKLM "Software\Microsoft\Windows\CurrentVersion\App Paths\commune-counter.exe" "" "$INSTDIR\commune-counter.exe"
  WriteRegStr HKLM "${KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKLM "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKLM "${KEY}" "DisplayIcon" "$INSTDIR\${WINDOW_EXE}"
  WriteRegStr HKLM "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKLM "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKLM "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKLM "${KEY}" "EstimatedSize" ${SIZE_KB}
  WriteRegDWORD HKLM "${KEY}" "NoModify" 1
  WriteRegDWORD HKLM "${KEY}" "NoRepair" 1
  WriteUninstaller "$INSTDIR\uninstall.exe"
  ${Log} "done"
  SetErrorLevel 0
SectionEnd

; "previous" and then "current": between both steps the old version starts, after them the new one.
Function NameVersion
  StrCpy $1 "${APPLICATION} ${RUNTIME}"
  ClearErrors
  FileOpen $2 "$INSTDIR\current" r
  ${IfNot} ${Errors}
    FileRead $2 $3
    FileClose $2
    ${WordReplace} "$3" "$\n" "" "+" $3
    ${If} $3 != ""
    ${AndIf} $3 != $1
      FileOpen $2 "$INSTDIR\previous.new" w
      FileWrite $2 "$3$\n"
      FileClose $2
      ${Replace} "$INSTDIR\previous.new" "$INSTDIR\previous"
    ${EndIf}
  ${EndIf}
  FileOpen $2 "$INSTDIR\current.new" w
  FileWrite $2 "$1$\n"
  FileClose $2
  ${Replace} "$INSTDIR\current.new" "$INSTDIR\current"
  ${Log} "current is $1"
FunctionEnd

; Only what "current" and "previous" name stays.
Function SweepVersions
  StrCpy $R8 ""
  ClearErrors
  FileOpen $2 "$INSTDIR\previous" r
  ${IfNot} ${Errors}
    FileRead $2 $R8
    FileClose $2
    ${WordReplace} "$R8" "$\n" "" "+" $R8
  ${EndIf}
  StrCpy $R8 "$R8 ${APPLICATION} ${RUNTIME}"
  FindFirst $2 $3 "$INSTDIR\app-*.zip"
  ${DoWhile} $3 != ""
    ${WordReplace} "$R8" "$3" "" "E+" $4
    ${If} $4 == 1 ; not named
      Delete /REBOOTOK "$INSTDIR\$3"
    ${EndIf}
    FindNext $2 $3
  ${Loop}
  FindClose $2
  FindFirst $2 $3 "$INSTDIR\runtime-*"
  ${DoWhile} $3 != ""
    ${WordReplace} "$R8" "$3" "" "E+" $4
    ${If} $4 == 1
      Delete "$INSTDIR\$3\whole"
      RMDir /r /REBOOTOK "$INSTDIR\$3"
    ${EndIf}
    FindNext $2 $3
  ${Loop}
  FindClose $2
FunctionEnd

Function Provision
  ${If} $config != ""
    CreateDirectory "$common"
    ClearErrors
    CopyFiles /SILENT "$config" "$common\provision.mcp"
    ${If} ${Errors}
      ${Log} "the provisioning file was not copied"
    ${Else}
      ; The program takes the file away once it is used: users may do so.
      nsExec::ExecToLog '"$SYSDIR\icacls.exe" "$common\provision.mcp" /grant *S-1-5-32-545:M'
      Pop $0
      ${Log} "provisioning file in place"
    ${EndIf}
  ${EndIf}
FunctionEnd

Function un.onInit
  SetRegView 64
  SetShellVarContext all
  StrCpy $common "$APPDATA\commune-counter"
  StrCpy $LANGUAGE ${LANG_VIETNAMESE}
FunctionEnd

Section "Uninstall"
  ${Log} "uninstall begins"
  StrCpy $R9 keep
  MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(TEXT_DATA)" /SD IDNO IDNO keep
    StrCpy $R9 delete
  keep:
  DeleteRegValue HKLM "${RUN_KEY}" "commune-counter"
  DeleteRegKey HKLM "Software\Microsoft\Windows\CurrentVersion\App Paths\commune-counter.exe"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$DESKTOP\${NAME}.lnk"
  FindFirst $2 $3 "$INSTDIR\runtime-*"
  ${DoWhile} $3 != ""
    Delete "$INSTDIR\$3\whole"
    RMDir /r /REBOOTOK "$INSTDIR\$3"
    FindNext $2 $3
  ${Loop}
  FindClose $2
  Delete /REBOOTOK "$INSTDIR\app-*.zip"
  Delete /REBOOTOK "$INSTDIR\*.old"
  Delete /REBOOTOK "$INSTDIR\commune-counter.exe"
  Delete /REBOOTOK "$INSTDIR\commune-counter-window.exe"
  Delete "$INSTDIR\current"
  Delete "$INSTDIR\previous"
  Delete "$INSTDIR\settle.py"
  Delete "$INSTDIR\packed.txt"
  Delete "$INSTDIR\LICENSE"
  Delete "$INSTDIR\THIRD_PARTY.md"
  Delete "$INSTDIR\licences.txt"
  Delete "$INSTDIR\parts.cdx.json"
  Delete "$INSTDIR\update-keys.json"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; stays if somebody else put something in
  Delete "$common\provision.mcp"
  DeleteRegKey HKLM "${KEY}"
  SetShellVarContext current
  RMDir /r "$LOCALAPPDATA\commune-counter\program" ; versions that came as updates
  ${If} $R9 == delete
    RMDir /r "$LOCALAPPDATA\commune-counter"
  ${EndIf}
  ${Log} "uninstalled, data: $R9"
SectionEnd
