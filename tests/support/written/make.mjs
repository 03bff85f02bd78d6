// The same workbook written by SheetJS and by exceljs.
// Run from a folder with their node_modules; the pages come as JSON on the standard input,
// and the argument is the folder where the files go. `make.py` does both.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.cwd(), "here.js"));
const XLSX = require("xlsx");
const ExcelJS = require("exceljs");
const [folder] = process.argv.slice(2);
const { pages, from1900To1904 } = JSON.parse(readFileSync(0, "utf8"));

const versions = { xlsx: XLSX.version, exceljs: require("exceljs/package.json").version };
console.log(Object.entries(versions).map((one) => one.join(" ")).join("\n"));

function sheetjs({ name, bookType, mac = false, iso = false, ...options }) {
  const book = XLSX.utils.book_new();
  book.Workbook = { WBProps: { date1904: mac } };
  for (const page of pages) {
    const sheet = {};
    page.rows.forEach((row, r) =>
      row.forEach((cell, c) => {
        if (cell === null) return;
        const made = { t: cell.t, v: cell.v, z: cell.form };
        if (cell.t === "d" && !iso) {
          made.t = "n";
          made.v = cell.serial - (mac ? from1900To1904 : 0);
        } else if (cell.t === "d") made.v = new Date(cell.v);
        sheet[XLSX.utils.encode_cell({ r, c })] = made;
      }),
    );
    const width = Math.max(...page.rows.map((row) => row.length));
    sheet["!ref"] = XLSX.utils.encode_range({ r: 0, c: 0 }, { r: page.rows.length - 1, c: width - 1 });
    sheet["!merges"] = page.merged.map((area) => XLSX.utils.decode_range(area));
    sheet["!rows"] = [];
    for (const row of page.hidden) sheet["!rows"][row - 1] = { hidden: true };
    XLSX.utils.book_append_sheet(book, sheet, page.title);
  }
  const data = XLSX.write(book, { type: "buffer", bookType, compression: true, ...options });
  writeFileSync(join(folder, name), data);
}

async function exceljs(name, mac) {
  const book = new ExcelJS.Workbook();
  book.properties.date1904 = mac;
  for (const page of pages) {
    const sheet = book.addWorksheet(page.title);
    page.rows.forEach((row, r) =>
      row.forEach((cell, c) => {
        if (cell === null) return;
        const made = sheet.getCell(r + 1, c + 1);
        made.value = cell.t === "d" ? new Date(cell.v) : cell.v;
        made.numFmt = cell.form;
      }),
    );
    for (const area of page.merged) sheet.mergeCells(area);
    for (const row of page.hidden) sheet.getRow(row).hidden = true;
  }
  writeFileSync(join(folder, name), Buffer.from(await book.xlsx.writeBuffer()));
}

sheetjs({ name: "sheetjs.xlsx", bookType: "xlsx", bookSST: true });
sheetjs({ name: "sheetjs_iso.xlsx", bookType: "xlsx", iso: true, cellDates: true });
sheetjs({ name: "sheetjs_1904.xlsx", bookType: "xlsx", mac: true });
sheetjs({ name: "sheetjs.xlsm", bookType: "xlsm", bookSST: true });
sheetjs({ name: "sheetjs.xlsb", bookType: "xlsb", bookSST: true });
sheetjs({ name: "sheetjs.xls", bookType: "biff8" });
sheetjs({ name: "sheetjs.ods", bookType: "ods", iso: true });
await exceljs("exceljs.xlsx", false);
await exceljs("exceljs_1904.xlsx", true);
