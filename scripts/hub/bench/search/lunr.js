/* lunr.js with its own stemmer for the language: each word as it is, as a prefix, and with a slip. */
window.hubBench = {
  touch() {},
  script(name) {
    return new Promise((done, fail) => {
      const element = document.createElement("script")
      element.src = "/lunr/" + name
      element.onload = done
      element.onerror = fail
      document.head.append(element)
    })
  },
  async load() {
    const code = document.documentElement.lang
    const names = document.documentElement.dataset.scripts.split(" ")
    for (const name of names) await this.script(name)
    const stored = await (await fetch("/lunr/" + code + ".json")).json()
    this.index = lunr.Index.load(stored.index)
  },
  async ask(query) {
    const start = performance.now()
    this.index || (await this.load())
    const pages = new Set()
    const terms = lunr.tokenizer(query).map(token => token.toString()).filter(Boolean)
    const found = terms.length ? this.index.query(wanted => {
      for (const term of terms) {
        wanted.term(term, { boost: 100 })
        wanted.term(term, { boost: 10, usePipeline: false, wildcard: lunr.Query.wildcard.TRAILING })
        if (term.length > 4) wanted.term(term, { boost: 1, usePipeline: false, editDistance: 1 })
      }
    }) : []
    for (const { ref } of found) pages.add(new URL("/" + ref.split("#")[0], location).href)
    this.at = performance.now()
    const answer = this.at - start
    return { urls: [...pages].slice(0, 10), shown: answer, answer }
  },
  /* Used once, before readers come: the index of one language as JSON, and what it cost. */
  async build(docs) {
    const code = document.documentElement.lang
    for (const name of document.documentElement.dataset.scripts.split(" ")) await this.script(name)
    const start = performance.now()
    const index = lunr(function () {
      if (lunr[code]) this.use(lunr[code])
      this.ref("location")
      this.field("title", { boost: 10 })
      this.field("text")
      for (const doc of docs) this.add(doc)
    })
    const stored = JSON.stringify({ index })
    return { stored, seconds: (performance.now() - start) / 1000 }
  }
}
