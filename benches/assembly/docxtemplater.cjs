// Fills the contract with docxtemplater: each line of the input is a number of
// documents, each line of the output says what they cost.
const fs = require("fs");
const readline = require("readline");
const PizZip = require("pizzip");
const Docxtemplater = require("docxtemplater");

const [template, rows, sample] = process.argv.slice(2);
const content = fs.readFileSync(template);
const data = JSON.parse(fs.readFileSync(rows, "utf-8"));

function render(row) {
  const document = new Docxtemplater(new PizZip(content), {
    paragraphLoop: true,
    linebreaks: true,
  });
  document.render(row);
  return document.toBuffer({ compression: "DEFLATE" });
}

data.slice(0, 4).forEach((row, number) => {
  fs.writeFileSync(`${sample}-${number}.docx`, render(row));
});
console.log(JSON.stringify({ ready: true }));

let next = 0;
readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const wall = [];
  const before = process.cpuUsage();
  for (let left = Number(line); left > 0; left--) {
    const start = process.hrtime.bigint();
    render(data[next++ % data.length]);
    wall.push(Number(process.hrtime.bigint() - start) / 1e6);
  }
  const used = process.cpuUsage(before);
  const rss = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ wall, cpu: (used.user + used.system) / 1e3, rss }));
});
