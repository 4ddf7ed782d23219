package org.actsandbox.agent.api;

import java.util.List;
import java.util.Map;
import org.actsandbox.agent.conversation.ConversationEventStreams;
import org.actsandbox.agent.conversation.ConversationView;
import org.actsandbox.protocol.conversation.ConversationEvent;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.FollowUpTasks;
import org.actsandbox.protocol.http.WireMessages;
import org.actsandbox.protocol.identity.AllowedRoles;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** Serves the agent's conversations to its principals: sentences, events and choices. */
@RestController
@RequestMapping("/w/{world}/agents/demo-agent/conversations")
class AgentEndpoints {

  /**
   * @param language the forced language, {@code en} or {@code zh}; when it is absent, each sentence
   *     decides
   * @param agent the name of a connected agent that shall answer; when it is absent, the sandbox's
   *     own agent does
   */
  record OpenRequest(@Nullable String language, @Nullable String agent)
      implements ValueCheckedRequest {

    @Override
    public void checkValues(MistakeCollector mistakes) {
      mistakes.checkPresent(language, AgentEndpoints::lang);
      mistakes.text("agent", agent, 64);
    }
  }

  record MessageRequest(String text, @Nullable String language, @Nullable String messageId)
      implements ValueCheckedRequest {

    @Override
    public void checkValues(MistakeCollector mistakes) {
      mistakes.checkPresent(text, BuyerAgent::requireSentence);
      mistakes.checkPresent(language, AgentEndpoints::lang);
      mistakes.checkPresent(messageId, AgentEndpoints::requireMessageId);
    }
  }

  record ChoiceRequest(@Nullable List<String> offerIds, @Nullable String seat)
      implements ValueCheckedRequest {

    @Override
    public void checkValues(MistakeCollector mistakes) {
      if (offerIds != null) {
        for (int i = 0; i < offerIds.size(); i++) {
          mistakes.text("offer_ids[%d]".formatted(i), offerIds.get(i), 128);
        }
      }
      mistakes.text("seat", seat, 64);
    }
  }

  @EndpointSummary("Open a conversation with the buyer agent")
  @WireMessages(status = 201)
  @PostMapping
  ResponseEntity<Map<String, String>> open(
      BuyerAgents agents,
      @AllowedRoles(Role.PRINCIPAL) Caller caller,
      @RequestBody(required = false) @Nullable OpenRequest request) {
    var agent = agents.forCaller(caller);
    var lang = request == null ? null : lang(request.language());
    var conversation = agent.open(lang, request == null ? null : request.agent());
    return ResponseEntity.status(HttpStatus.CREATED)
        .body(Map.of("conversation_id", conversation.conversationId()));
  }

  @EndpointSummary("Say a sentence to the buyer agent")
  @WireMessages(status = 202)
  @PostMapping("/{id}/messages")
  ResponseEntity<Map<String, Integer>> say(
      BuyerAgents agents,
      @AllowedRoles(Role.PRINCIPAL) Caller caller,
      FollowUpTasks followUpTasks,
      @PathVariable String id,
      @RequestBody MessageRequest message) {
    var agent = agents.forCaller(caller);
    var messageId = message.messageId();
    var conversation = agent.conversations().get(id);
    int turn =
        agent.say(conversation, message.text(), lang(message.language()), messageId, followUpTasks);
    return ResponseEntity.accepted().body(Map.of("turn", turn));
  }

  @EndpointSummary("Read a conversation")
  @GetMapping("/{id}")
  ConversationView show(
      BuyerAgents agents, @AllowedRoles(Role.PRINCIPAL) Caller caller, @PathVariable String id) {
    var agent = agents.forCaller(caller);
    var conversation = agent.conversations().get(id);
    return new ConversationView(
        id,
        conversation.lang(),
        conversation.running(),
        conversation.turns(),
        conversation.intentId(),
        conversation.connectedAgent(),
        agent.events().latest(id));
  }

  @EndpointSummary("Follow a conversation (server-sent events)")
  @GetMapping(path = "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  Flux<ServerSentEvent<ConversationEvent>> events(
      BuyerAgents agents,
      @AllowedRoles(Role.PRINCIPAL) Caller caller,
      @PathVariable String id,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastId) {
    var agent = agents.forCaller(caller);
    agent.conversations().get(id);
    return ConversationEventStreams.after(agent.events(), id, sequence(lastId));
  }

  @EndpointSummary("Choose among the offers of a conversation")
  @WireMessages(status = 202)
  @PostMapping("/{id}/choice")
  ResponseEntity<Map<String, Integer>> choose(
      BuyerAgents agents,
      @AllowedRoles(Role.PRINCIPAL) Caller caller,
      FollowUpTasks followUpTasks,
      @PathVariable String id,
      @RequestBody ChoiceRequest choice) {
    var agent = agents.forCaller(caller);
    var conversation = agent.conversations().get(id);
    var offerIds = choice.offerIds();
    var chosen = offerIds == null ? List.<String>of() : offerIds;
    int turn = agent.choose(conversation, chosen, choice.seat(), followUpTasks);
    return ResponseEntity.accepted().body(Map.of("turn", turn));
  }

  @EndpointSummary("Stop what the agent is doing in a conversation")
  @WireMessages(status = 202)
  @PostMapping("/{id}/cancel")
  ResponseEntity<Map<String, Boolean>> cancel(
      BuyerAgents agents,
      @AllowedRoles(Role.PRINCIPAL) Caller caller,
      FollowUpTasks followUpTasks,
      @PathVariable String id) {
    var agent = agents.forCaller(caller);
    var conversation = agent.conversations().get(id);
    boolean cancelled = agent.cancel(conversation, followUpTasks);
    return ResponseEntity.accepted().body(Map.of("cancelled", cancelled));
  }

  private static void requireMessageId(String messageId) {
    if (!messageId.matches("[A-Za-z0-9._:-]{1,80}")) {
      throw new Refusal(Problem.INVALID_FIELD, "not a message id")
          .at("message_id")
          .expected("1 to 80 of A-Z a-z 0-9 . _ : -");
    }
  }

  private static @Nullable String lang(@Nullable String tag) {
    if (tag == null || tag.equals("en") || tag.equals("zh")) {
      return tag;
    }
    throw new Refusal(Problem.INVALID_FIELD, "no such language")
        .at("language")
        .expected("en or zh");
  }

  private static long sequence(@Nullable String lastId) {
    if (lastId == null || lastId.isBlank()) {
      return 0;
    }
    if (!lastId.matches("[0-9]{1,18}")) {
      throw new Refusal(Problem.INVALID_FIELD, "not an event number")
          .at("Last-Event-ID")
          .expected("the id of the last event seen");
    }
    return Long.parseLong(lastId);
  }
}
