/* Asks the theme's search box as a reader's keys do. `ask` gives the addresses shown and milliseconds:
   `shown` from the key to the list, `answer` what the engine took of it (only with `inPage`, see worker.js). */
window.hubBench = {
  part(name) {
    return document.querySelector("[data-md-component=search-" + name + "]")
  },
  touch() {
    this.part("query").focus()
  },
  async ask(query) {
    const box = this.part("query"), result = this.part("result")
    if (box.value !== query) {
      const start = performance.now()
      const changed = new Promise((done, fail) => {
        setTimeout(() => fail(new Error("no answer to " + query)), 60000)
        new MutationObserver((_, observer) => {
          observer.disconnect()
          this.at = performance.now()
          done(performance.now() - start)
        }).observe(result, { childList: true, subtree: true, characterData: true })
      })
      box.value = query
      box.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }))
      this.shown = await changed
    }
    await new Promise(done => setTimeout(done, 5))
    const links = [...result.querySelectorAll(".md-search-result__item")].map(item => item.querySelector("a[href]"))
    return {
      urls: links.filter(Boolean).map(link => link.href),
      shown: this.shown,
      answer: window.hubBenchAnswer || 0
    }
  }
}
