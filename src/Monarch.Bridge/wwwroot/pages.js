// The little that the pages do beside htmx: times in the reader's zone, countdowns, and when updates pause.
"use strict";
(() => {
  const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const two = (number) => String(number).padStart(2, "0");

  function write(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  function clock(time, seconds) {
    return `${two(time.getHours())}:${two(time.getMinutes())}${seconds ? `:${two(time.getSeconds())}` : ""}`;
  }

  function zone() {
    const minutes = -new Date().getTimezoneOffset();
    const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
    return minutes === 0 ? "UTC" : `UTC${minutes < 0 ? "−" : "+"}${hours}${rest ? `:${two(rest)}` : ""}`;
  }

  function times() {
    const today = new Date().toDateString();
    for (const element of document.querySelectorAll("time[datetime]")) {
      const time = new Date(element.dateTime);
      const isToday = time.toDateString() === today;
      const day = isToday ? "" : `${time.getDate()} ${months[time.getMonth()]}, `;
      write(element, day + clock(time, isToday && !element.dataset.minutes));
    }
    for (const element of document.querySelectorAll("[data-zone]")) {
      write(element, `Times are in your zone, ${zone()}; each shows UTC on hover.`);
    }
    countdowns();
  }

  function countdowns() {
    for (const element of document.querySelectorAll("[data-until]")) {
      write(element, left(Math.ceil((new Date(element.dataset.until) - Date.now()) / 1000)));
    }
  }

  function left(seconds) {
    if (seconds <= 0) return "in a moment";
    const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
    if (hours > 0) return `in ${hours} h ${minutes} min`;
    return minutes > 0 ? `in ${minutes} min ${seconds % 60} s` : `in ${seconds} s`;
  }

  function live(word) {
    const element = document.getElementById("live");
    if (!element) return;
    write(element.querySelector("span"), word);
    if (word === "Live") {
      element.querySelector("time").dateTime = new Date().toISOString();
      times();
    }
  }

  // An open form stays as it is, and a page that is not visible costs nothing.
  document.addEventListener("htmx:before:request", (event) => {
    if (document.hidden || event.detail.ctx.target?.querySelector("details[open] form")) event.preventDefault();
  });
  document.addEventListener("htmx:after:swap", () => live("Live"));
  document.addEventListener("htmx:response:error", () => live("No answer since"));
  document.addEventListener("htmx:error", () => live("No answer since"));

  times();
  setInterval(countdowns, 1000);
})();
