package org.actsandbox.sandbox.connected;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.actsandbox.agent.connected.ConnectedAgent;
import org.actsandbox.protocol.conversation.DialogueForm;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.RequiredFields;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.actsandbox.sandbox.notification.WebhookAddress;
import org.actsandbox.sandbox.world.TakenNames;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Connects agents of others that listen at an address to a world (operator only). */
@RestController
@RequestMapping("/api/worlds/{world}/connected-agents")
class ConnectedAgentEndpoints {

  private final ConnectedAgentTable table;
  private final ConnectedAgentNetwork network;

  ConnectedAgentEndpoints(ConnectedAgentTable table, ConnectedAgentNetwork network) {
    this.table = table;
    this.network = network;
  }

  /**
   * Represents the request body that connects an agent.
   *
   * @param url where the agent is told what its principal says
   * @param form {@code json}, which is also meant when it is absent, or {@code a2a}
   */
  record ConnectionRequest(@Nullable String url, @Nullable String form)
      implements ValueCheckedRequest {

    @Override
    public void checkValues(MistakeCollector mistakes) {
      mistakes.checkPresent(url, address -> WebhookAddress.read("url", address, _ -> true));
      mistakes.checkPresent(form, ConnectedAgentEndpoints::form);
    }
  }

  /**
   * Represents a connected agent.
   *
   * @param agentId the DID by which journal and diagram name it
   */
  record ConnectedAgentView(String name, String agentId, URI url, String form) {

    static ConnectedAgentView of(ConnectedAgent agent) {
      return new ConnectedAgentView(
          agent.name(), Did.of(agent.name()).value(), agent.url(), agent.form().code());
    }
  }

  record ConnectedAgentList(List<ConnectedAgentView> items) {}

  @EndpointSummary("List the agents of others that are connected")
  @GetMapping
  ConnectedAgentList list(World world) {
    return new ConnectedAgentList(table.all(world).stream().map(ConnectedAgentView::of).toList());
  }

  /** Connects an agent, or changes where and how one of this name is called. */
  @EndpointSummary("Connect an agent of others that listens at an address")
  @PutMapping("/{name}")
  ResponseEntity<ConnectedAgentView> connect(
      World world,
      @PathVariable String name,
      @RequestBody @RequiredFields("url") ConnectionRequest request) {
    var did = name(world, name);
    var form = request.form() == null ? DialogueForm.JSON : form(request.form());
    var url = WebhookAddress.read("url", String.valueOf(request.url()), network::mayCall);
    var agent = new ConnectedAgent(did.name(), url, form);
    boolean isNew = table.put(world, agent);
    note(
        world,
        did,
        JournalEvent.AGENT_CONNECTED,
        Map.of("url", url.toString(), "form", form.code()));
    return ResponseEntity.status(isNew ? HttpStatus.CREATED : HttpStatus.OK)
        .body(ConnectedAgentView.of(agent));
  }

  @EndpointSummary("Disconnect an agent of others")
  @DeleteMapping("/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void disconnect(World world, @PathVariable String name) {
    table.remove(world, name);
    note(world, Did.of(name), JournalEvent.AGENT_DISCONNECTED, Map.of());
  }

  private static Did name(World world, String name) {
    Did did;
    try {
      did = Did.of(name);
    } catch (IllegalArgumentException malformed) {
      throw FieldChecks.invalid("name", "1 to 64 of a-z 0-9 . and hyphen", name);
    }
    if (TakenNames.isInside(world, did) || world.externalMerchants().everPresent().contains(did)) {
      throw new Refusal(Problem.NAME_TAKEN, "a participant of the world has this name")
          .at("name")
          .observed(name);
    }
    return did;
  }

  private static DialogueForm form(String code) {
    return DialogueForm.find(code)
        .orElseThrow(
            () ->
                FieldChecks.invalid(
                    "form",
                    FieldChecks.alternatives(
                        Arrays.stream(DialogueForm.values()).map(DialogueForm::code).toList()),
                    code));
  }

  private static void note(World world, Did agent, JournalEvent event, Map<String, String> data) {
    world
        .journal()
        .note(new JournalNote(agent.value(), JournalNote.Kind.STATE, event, Map.of(), data));
  }
}
