package org.actsandbox.web.console.connect;

import java.net.URI;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.world.ServerAddresses;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.connect.AgentHost.Connection;
import org.actsandbox.web.console.frame.LivePages;
import org.actsandbox.web.console.frame.PageRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Flux;

/**
 * Shows what to paste into a host so that its agent shops in the world. The key is in the page only
 * when it was asked for: a page that is shown to others must not give it away.
 */
@Controller
@RequestMapping("/console/{world}/connect")
class ConnectPages {

  private static final String MASK = "act_assistant_••••••••";
  private static final int DEFAULT_PORT = 8080;

  private final ServerAddresses serverAddresses;
  private final LiveToolCalls live;

  ConnectPages(ServerAddresses serverAddresses, LiveToolCalls live) {
    this.serverAddresses = serverAddresses;
    this.live = live;
  }

  @GetMapping
  Rendering connect(PageRequest pageRequest) {
    long position = pageRequest.world().journalStore().lastSeq();
    boolean shown = "shown".equals(pageRequest.query("key"));
    var host = AgentHost.of(pageRequest.query("host"));
    var connection = connection(pageRequest, shown);
    var text = host.text(connection);
    return pageRequest
        .page(LiveToolCalls.TEMPLATE, "home")
        .with("hosts", AgentHost.values())
        .with("host", host)
        .with("text", text)
        .with("hasKey", text.contains(connection.key()))
        .with("address", connection.url())
        .with("key", connection.key())
        .with("shown", shown)
        .with("calls", live.calls(pageRequest.world()))
        .with("live", pageRequest.here() + "/connect/live?after=" + position)
        .show();
  }

  private Connection connection(PageRequest pageRequest, boolean shown) {
    var world = pageRequest.world();
    var origin = serverAddresses.origin();
    var subject = pageRequest.principal().subject();
    var further = World.PRINCIPAL.equals(subject) ? null : subject;
    var key = shown ? world.roleKey(Role.ASSISTANT, further) : MASK;
    var arguments = "\"mcp\", \"--world\", \"" + world.name() + "\"";
    if (further != null) {
      arguments += ", \"--principal\", \"" + further.name() + "\"";
    }
    return new Connection(
        origin.toString(),
        "/w/" + world.name() + "/mcp",
        "act-" + world.name(),
        key,
        System.getProperty("act.home", "/path/to/act-sandbox") + "/run",
        arguments + port(origin),
        pageRequest.words().say("connect.wish"));
  }

  private static String port(URI origin) {
    return origin.getPort() == DEFAULT_PORT || origin.getPort() < 0
        ? ""
        : ", \"--port\", \"" + origin.getPort() + "\"";
  }

  @GetMapping(path = "/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @ResponseBody
  Flux<ServerSentEvent<String>> live(
      PageRequest pageRequest,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
    var after = LivePages.position(lastEventId == null ? pageRequest.query("after") : lastEventId);
    return live.follow(pageRequest.world(), after, pageRequest.words());
  }
}
