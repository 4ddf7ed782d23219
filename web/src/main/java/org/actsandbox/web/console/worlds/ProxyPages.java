package org.actsandbox.web.console.worlds;

import java.util.LinkedHashMap;
import java.util.List;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.web.console.form.FormFields;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.principal.ConsoleApiClient;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/** Opens, replays and ends proxies for the forms of the worlds page. */
@Controller
@RequestMapping("/console/{world}/worlds/proxies")
class ProxyPages {

  private final ConsoleApiClient consoleApiClient;

  ProxyPages(ConsoleApiClient consoleApiClient) {
    this.consoleApiClient = consoleApiClient;
  }

  @PostMapping
  Rendering open(PageRequest pageRequest, FormFields form) {
    var request = new LinkedHashMap<String, Object>();
    var own = form.first("url");
    request.put("target", own == null ? String.valueOf(form.first("target")) : own.strip());
    if (form.first("name") != null) {
      request.put("faults", List.of(FaultPages.fault(form)));
    }
    var stubs = StubForm.stubs(form);
    if (!stubs.isEmpty()) {
      request.put("stubs", stubs);
    }
    request.put("record", "true".equals(form.first("record")));
    consoleApiClient.callControlApi("POST", pageRequest.world(), "/proxies", request);
    return redirect(pageRequest, "proxy");
  }

  /**
   * Makes the proxy answer from its recording, and shows the stubs of the recording once. A new
   * proxy with these stubs gives the same answers.
   */
  @PostMapping("/{name}/replay")
  Rendering replay(PageRequest pageRequest, @PathVariable String name) {
    FaultPages.requireId(name);
    var stubs =
        consoleApiClient
            .callControlApi("POST", pageRequest.world(), "/proxies/" + name + "/replay", null)
            .path("stubs");
    return pageRequest
        .page("console/replayed", "worlds")
        .with("proxy", name)
        .with("stubs", stubs.size())
        .with("json", Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(stubs))
        .show();
  }

  @PostMapping("/{name}/remove")
  Rendering end(PageRequest pageRequest, @PathVariable String name) {
    FaultPages.requireId(name);
    consoleApiClient.callControlApi("DELETE", pageRequest.world(), "/proxies/" + name, null);
    return redirect(pageRequest, "faults");
  }

  private static Rendering redirect(PageRequest pageRequest, String notice) {
    return pageRequest.redirect(pageRequest.here() + "/worlds?done=" + notice + "#proxies");
  }
}
