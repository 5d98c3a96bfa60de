/* Workers on the page's own thread: the browser slows down only that one. The file:// shim of the theme does
   the same. Notes the time from each QUERY (2) to its RESULT (3). */
{
  class InPage extends EventTarget {
    constructor(url) {
      super()
      const frame = document.createElement("iframe")
      frame.hidden = true
      frame.src = new URL("bench-worker.html", new URL(url, document.baseURI))
      this.inside = new Promise(done => {
        frame.onload = () => done(this.start(frame.contentWindow, new URL(url, document.baseURI)))
      })
      document.documentElement.append(frame)
    }
    start(scope, url) {
      const load = address => {
        const request = new XMLHttpRequest()
        request.open("GET", new URL(address, url), false)
        request.send()
        scope.eval(request.responseText)
      }
      scope.importScripts = (...addresses) => addresses.forEach(load)
      scope.postMessage = data => {
        if (data && data.type === 3) window.hubBenchAnswer = performance.now() - this.asked
        this.dispatchEvent(new MessageEvent("message", { data: structuredClone(data) }))
      }
      load(url)
      return scope
    }
    async postMessage(data) {
      const scope = await this.inside
      setTimeout(() => {
        if (data && data.type === 2) this.asked = performance.now()
        scope.dispatchEvent(new scope.MessageEvent("message", { data: structuredClone(data) }))
      })
    }
    set onmessage(listener) {
      this.addEventListener("message", listener)
    }
    terminate() {}
  }
  Object.defineProperty(window, "Worker", { get: () => InPage, set: () => {} })
}
