package org.actsandbox.web.console.glassbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.principal.Surfaces;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

/** The principal's side of the conversation with the demo agent, over the agent's own surface. */
@Component
class Talks {

  private static final String CONVERSATIONS = "/agents/demo-agent/conversations";
  private static final ParameterizedTypeReference<ServerSentEvent<String>> EVENTS =
      new ParameterizedTypeReference<>() {};

  private final Surfaces surfaces;
  private final WebClient streams = WebClient.create();

  Talks(Surfaces surfaces) {
    this.surfaces = surfaces;
  }

  String open(World world) {
    return surfaces
        .post(world, Role.PRINCIPAL, CONVERSATIONS, Map.of())
        .path("conversation_id")
        .asString("");
  }

  void say(World world, String conversation, String text) {
    surfaces.post(world, Role.PRINCIPAL, at(conversation, "/messages"), Map.of("text", text));
  }

  void choose(World world, String conversation, List<String> offerIds, @Nullable String seat) {
    var choice = Json.object();
    offerIds.forEach(choice.putArray("offer_ids")::add);
    if (seat != null) {
      choice.put("seat", seat);
    }
    surfaces.post(world, Role.PRINCIPAL, at(conversation, "/choice"), choice);
  }

  void cancel(World world, String conversation) {
    surfaces.post(world, Role.PRINCIPAL, at(conversation, "/cancel"), Map.of());
  }

  /** Everything so far. */
  List<AgentEvent> history(World world, String conversation) {
    var events = new ArrayList<AgentEvent>();
    surfaces
        .get(world, Role.PRINCIPAL, at(conversation, ""))
        .path("events")
        .forEach(event -> events.add(event(event)));
    return events;
  }

  /** What happens after event {@code seq}, without end. */
  Flux<AgentEvent> follow(World world, String conversation, long seq) {
    return streams
        .get()
        .uri(world.at(at(conversation, "/events")))
        .header(HttpHeaders.AUTHORIZATION, "Bearer " + world.roleKey(Role.PRINCIPAL, null))
        .header("Last-Event-ID", Long.toString(seq))
        .accept(MediaType.TEXT_EVENT_STREAM)
        .retrieve()
        .bodyToFlux(EVENTS)
        .mapNotNull(ServerSentEvent::data)
        .map(Json::parse)
        .map(Talks::event);
  }

  private static AgentEvent event(JsonNode json) {
    return Json.read(json, AgentEvent.class);
  }

  private static String at(String conversation, String path) {
    return CONVERSATIONS + "/" + conversation + path;
  }
}
