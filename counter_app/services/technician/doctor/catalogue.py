"""The self-test in the order of the page: stable names, icons, titles, limits of time."""

from __future__ import annotations

from counter_app.services.technician.doctor import disk_checks as disk
from counter_app.services.technician.doctor import line_checks as line
from counter_app.services.technician.doctor import machine_checks as machine
from counter_app.services.technician.doctor import paper_checks as paper
from counter_app.services.technician.doctor import seal_check
from counter_app.services.technician.doctor import store_checks as store
from counter_app.services.technician.doctor import truth_checks as truth
from counter_app.services.technician.doctor.bench import Check

WHOLE_S = 120.0
LINE_S = 25.0

CHECKS: tuple[Check, ...] = (
    Check("version", "info-circle", ("Phiên bản", "Version"), machine.version, 20.0),
    Check("system", "device-desktop", ("Hệ điều hành", "Operating system"), machine.system),
    Check("memory", "stack-2", ("Bộ nhớ", "Memory"), machine.memory),
    Check("sqlite", "database", ("Bản SQLite", "SQLite version"), store.sqlite_version),
    Check("cipher", "lock", ("Mã hóa kho", "Encryption of the store"), store.cipher),
    Check("store", "database", ("Kho dữ liệu", "Store"), store.store_pages, WHOLE_S),
    Check("chain", "shield-check", ("Chuỗi nhật ký", "Journals' chain"), store.chains, WHOLE_S),
    Check("tables", "list", ("Bảng và tìm kiếm", "Tables and search"), store.tables, 20.0),
    Check("copy", "copy", ("Chống bản sao kho", "Copy guard"), store.copy_guard),
    Check("secrets", "key", ("Nơi cất khóa", "Place of the key"), store.secrets_place, 10.0),
    Check("backup", "database-export", ("Sao lưu", "Backup"), disk.backup_age, 10.0),
    Check("space", "device-laptop", ("Chỗ trống trên đĩa", "Room on the disk"), disk.free_space),
    Check("flush", "progress-check", ("Ghi xuống đĩa", "Flushing to the disk"), disk.flushes, 15.0),
    Check("antivirus", "shield-x", ("Phần mềm diệt virus", "Anti-malware"), disk.files_held, 15.0),
    Check("folder", "folder", ("Thư mục dữ liệu", "Data folder"), disk.data_folder),
    Check("temporary", "folder-open", ("Thư mục tạm", "Temporary folder"), disk.temporary_folder),
    Check("clock", "clock", ("Ngày giờ", "Clock"), machine.clock),
    Check("battery", "history", ("Pin đồng hồ (CMOS)", "Clock's battery (CMOS)"), machine.battery),
    Check("zone", "map-pin", ("Múi giờ", "Time zone"), machine.zone),
    Check("power", "plug", ("Nguồn điện", "Power"), machine.power),
    Check("hub", "building-bank", ("Tỉnh", "Province"), line.hub, LINE_S),
    Check("proxy", "server", ("Proxy", "Proxy server"), line.proxy, 6.0),
    Check("certificate", "certificate", ("Chứng thư của tỉnh", "Its certificate"), line.certificate, 10.0),
    Check("unit_key", "key", ("Khóa của đơn vị", "Key of the unit"), line.unit_key),
    Check("lan", "wifi", ("Mạng nội bộ", "Office LAN"), line.siblings),
    Check("equality", "scale", ("Đối chiếu với tỉnh", "Comparison with the province"), truth.equality),
    Check("standing", "git-merge", ("Chung một sự thật", "One truth"), truth.standing),
    Check("year_seals", "rubber-stamp", ("Niêm năm", "Seals of years"), seal_check.year_seals, WHOLE_S),
    Check("unsent", "upload", ("Chờ gửi tỉnh", "Waiting to be sent"), line.unsent),
    Check("parked", "alert-triangle", ("Mục để riêng", "Items put aside"), line.refused_entries),
    Check("sticks", "usb", ("USB mang gói", "Sticks for bundles"), machine.sticks),
    Check("printers", "printer", ("Máy in", "Printers"), paper.printers_set, 20.0),
    Check("spooler", "stack-2", ("Dịch vụ in", "Printing service"), paper.spooler, 10.0),
    Check("scanner", "scan", ("Máy quét", "Scanner"), paper.scanner),
    Check("input_method", "keyboard", ("Bộ gõ tiếng Việt", "Vietnamese input"), machine.input_method),
    Check("fonts", "typography", ("Phông chữ", "Fonts"), paper.font_files, 10.0),
    Check("forms", "file-text", ("Tệp mẫu giấy", "Form files"), paper.form_files),
    Check("tokens", "signature", ("Thẻ ký số", "Signing token"), paper.tokens),
    Check("autostart", "power", ("Tự mở khi bật máy", "Starts with the PC"), machine.autostart),
    Check("update", "refresh", ("Bản cập nhật", "Updates"), line.update),
)  # fmt: skip
"""Names are for programs and stay as they are; a new check gets a new name."""
