package org.actsandbox.web.console.connected;

import java.util.List;
import java.util.Map;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.web.console.form.FormFields;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.principal.ConsoleApiClient;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;
import tools.jackson.databind.JsonNode;

/** Connects agents of others that listen at an address, and leads to a conversation with each. */
@Controller
@RequestMapping("/console/{world}/connect/agents")
class ConnectedAgentPages {

  private static final String PATH = "/connected-agents";

  private final ConsoleApiClient consoleApiClient;

  ConnectedAgentPages(ConsoleApiClient consoleApiClient) {
    this.consoleApiClient = consoleApiClient;
  }

  /** One connected agent in the list. */
  record AgentRow(String name, String url, String form) {

    static AgentRow of(JsonNode agent) {
      return new AgentRow(
          agent.path("name").asString(""),
          agent.path("url").asString(""),
          agent.path("form").asString(""));
    }
  }

  @GetMapping
  Rendering list(PageRequest pageRequest) {
    return listed(pageRequest, Map.of()).show();
  }

  private PageRequest.PageBuilder listed(PageRequest pageRequest, Map<String, String> given) {
    var agents =
        call(pageRequest, "GET", PATH, null).path("items").valueStream().map(AgentRow::of).toList();
    return pageRequest
        .page("console/connected", "home")
        .with("agents", agents)
        .with("given", given)
        .with("forms", List.of("json", "a2a"))
        .with("done", pageRequest.query("done"));
  }

  @PostMapping
  Rendering connect(PageRequest pageRequest, FormFields form) {
    var name = String.valueOf(form.first("name"));
    try {
      call(pageRequest, "PUT", PATH + "/" + checked(name), form.filled("url", "form"));
      return done(pageRequest, "connected");
    } catch (UnexpectedReply refused) {
      return listed(pageRequest, form.fields().toSingleValueMap())
          .status(refused.status())
          .with("detail", refused.detail())
          .with("expected", refused.finer("expected"))
          .with("wrong", refused.finer("field"))
          .show();
    }
  }

  @PostMapping("/{name}/remove")
  Rendering remove(PageRequest pageRequest, @PathVariable String name) {
    call(pageRequest, "DELETE", PATH + "/" + checked(name), null);
    return done(pageRequest, "removed");
  }

  private static String checked(String name) {
    if (!name.matches("[a-z0-9][a-z0-9.-]{0,63}")) {
      throw new Refusal(Problem.INVALID_FIELD, "not a name")
          .at("name")
          .expected("1 to 64 of a-z 0-9 . and hyphen");
    }
    return name;
  }

  private static Rendering done(PageRequest pageRequest, String done) {
    return pageRequest.redirect(pageRequest.here() + "/connect/agents?done=" + done);
  }

  private JsonNode call(
      PageRequest pageRequest, String method, String path, @Nullable Object body) {
    return consoleApiClient.callControlApi(method, pageRequest.world(), path, body);
  }
}
