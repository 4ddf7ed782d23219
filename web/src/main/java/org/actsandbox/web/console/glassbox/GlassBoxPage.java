package org.actsandbox.web.console.glassbox;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.actsandbox.agent.model.ModelSettings;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.web.console.form.FormFields;
import org.actsandbox.web.console.frame.PageRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Flux;

/**
 * Is the glass box, where the reader as the principal says a wish, watches the agent, chooses an
 * offer and goes to the cashier.
 */
@Controller
@RequestMapping("/console/{world}/try")
class GlassBoxPage {

  private static final String TEMPLATE = "console/try";
  private static final int LONGEST_SENTENCE = 2000;

  private final GlassBoxPanes panes;
  private final AgentConversationClient agentConversationClient;
  private final LiveGlassBox live;
  private final ModelSettings model;

  GlassBoxPage(
      GlassBoxPanes panes,
      AgentConversationClient agentConversationClient,
      LiveGlassBox live,
      ModelSettings model) {
    this.panes = panes;
    this.agentConversationClient = agentConversationClient;
    this.live = live;
    this.model = model;
  }

  /**
   * @param agent the connected agent that shall answer; null or blank for the demo agent
   */
  record Sentence(@Nullable String text, @Nullable String agent) {

    @Nullable String agentName() {
      return agent == null || agent.isBlank() ? null : agent;
    }

    String required() {
      var stripped = text == null ? "" : text.strip();
      if (stripped.isEmpty() || stripped.length() > LONGEST_SENTENCE) {
        throw new Refusal(Problem.INVALID_FIELD, "the sentence is empty or too long")
            .at("text")
            .expected("1 to " + LONGEST_SENTENCE + " characters");
      }
      return stripped;
    }
  }

  @GetMapping
  Rendering empty(PageRequest pageRequest) {
    var fresh = new ConversationProjection("");
    return page(
        pageRequest, fresh, new MessagesPane(pageRequest.words()), 0, pageRequest.query("agent"));
  }

  @PostMapping
  Rendering begin(PageRequest pageRequest, @ModelAttribute Sentence said) {
    var sentence = said.required();
    var conversation =
        agentConversationClient.open(
            pageRequest.world(), pageRequest.principal(), said.agentName());
    agentConversationClient.say(
        pageRequest.world(), pageRequest.principal(), conversation, sentence);
    return pageRequest.redirect(pageRequest.here() + "/try/" + conversation);
  }

  @GetMapping("/{conversation}")
  Rendering show(PageRequest pageRequest, @PathVariable String conversation) {
    var world = pageRequest.world();
    long until = world.journalStore().lastSeq();
    ConversationProjection conversationProjection;
    try {
      conversationProjection = panes.projection(world, pageRequest.principal(), conversation);
    } catch (Refusal refused) {
      if (refused.problem() != Problem.NOT_FOUND) {
        throw refused;
      }
      // A page that was open while its world was made anew begins again.
      return pageRequest.redirect(pageRequest.here() + "/try?gone=1");
    }
    return page(
        pageRequest,
        conversationProjection,
        panes.messages(world, conversationProjection, pageRequest.words(), until),
        until,
        agentConversationClient.agentOf(world, pageRequest.principal(), conversation));
  }

  private Rendering page(
      PageRequest pageRequest,
      ConversationProjection conversationProjection,
      MessagesPane messagesPane,
      long journal,
      @Nullable String agent) {
    var shown =
        new HashMap<>(
            panes.offersModel(
                pageRequest.world(),
                conversationProjection,
                GlassBoxPanes.Choice.NONE,
                pageRequest.words()));
    shown.putAll(panes.conversationModel(conversationProjection));
    shown.put("observed", false);
    shown.put("language", conversationProjection.language());
    shown.put("gone", pageRequest.query("gone") != null);
    shown.put("agents", agentConversationClient.connectedAgents(pageRequest.world()));
    shown.put("agent", agent == null ? "" : agent);
    shown.put("lanes", messagesPane.lanes());
    shown.put("rows", messagesPane.rows());
    shown.put("speaks", pageRequest.world().settings().model().on(model));
    var pageBuilder = pageRequest.page(TEMPLATE, "try");
    shown.forEach(pageBuilder::with);
    return pageBuilder
        .with(
            "position",
            new LiveGlassBox.Position(conversationProjection.lastSeq(), journal).toString())
        .show();
  }

  @PostMapping("/{conversation}/messages")
  Rendering say(
      PageRequest pageRequest, @PathVariable String conversation, @ModelAttribute Sentence said) {
    agentConversationClient.say(
        pageRequest.world(), pageRequest.principal(), conversation, said.required());
    return answer(pageRequest, conversation);
  }

  /**
   * Redirects to the conversation that a payment belongs to, or to an empty one where none is
   * known.
   */
  @GetMapping("/for/{tradeNo}")
  Rendering ofTrade(PageRequest pageRequest, @PathVariable String tradeNo) {
    var conversation = panes.conversationOf(pageRequest.world(), tradeNo);
    return pageRequest.redirect(
        pageRequest.here() + "/try" + (conversation == null ? "" : "/" + conversation));
  }

  /**
   * Redirects to the conversation that a delegation belongs to, or to an empty one where none is
   * known.
   */
  @GetMapping("/for-intent/{intentId}")
  Rendering ofIntent(PageRequest pageRequest, @PathVariable String intentId) {
    var conversation = panes.conversationOfIntent(pageRequest.world(), intentId);
    return pageRequest.redirect(
        pageRequest.here() + "/try" + (conversation == null ? "" : "/" + conversation));
  }

  /** Shows another offer, seat or carriage; nothing is bought. */
  @GetMapping("/{conversation}/choice")
  Rendering pick(PageRequest pageRequest, @PathVariable String conversation) {
    var query = pageRequest.exchange().getRequest().getQueryParams();
    var conversationProjection =
        panes.projection(pageRequest.world(), pageRequest.principal(), conversation);
    var choice =
        new GlassBoxPanes.Choice(
            offerIds(query), pageRequest.query("seat"), pageRequest.query("carriage"));
    var model = new HashMap<String, Object>();
    model.put("choice", panes.pick(pageRequest.world(), conversationProjection, choice));
    model.put("conversation", conversation);
    model.put("here", pageRequest.here());
    return pageRequest.fragment("console/offer-choice :: choice-changed", model);
  }

  @PostMapping("/{conversation}/take")
  Rendering take(PageRequest pageRequest, @PathVariable String conversation, FormFields form) {
    var offers = List.copyOf(offerIds(form.fields()));
    if (offers.isEmpty()) {
      throw new Refusal(Problem.INVALID_FIELD, "nothing is picked").at("offer");
    }
    var seat = form.first("seat");
    agentConversationClient.choose(
        pageRequest.world(),
        pageRequest.principal(),
        conversation,
        offers,
        GlassBoxPanes.Choice.ANY_SEAT.equals(seat) ? null : seat);
    return answer(pageRequest, conversation);
  }

  @PostMapping("/{conversation}/stop")
  Rendering stop(PageRequest pageRequest, @PathVariable String conversation) {
    agentConversationClient.cancel(pageRequest.world(), pageRequest.principal(), conversation);
    return answer(pageRequest, conversation);
  }

  @GetMapping(path = "/{conversation}/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @ResponseBody
  Flux<ServerSentEvent<String>> live(
      PageRequest pageRequest,
      @PathVariable String conversation,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
    var after = lastEventId == null ? pageRequest.query("after") : lastEventId;
    var position = LiveGlassBox.Position.parse(after == null ? "" : after);
    return live.follow(
        pageRequest.world(), pageRequest.principal(), conversation, position, pageRequest.words());
  }

  /** Answers htmx with nothing, because changes arrive over the live connection. */
  private static Rendering answer(PageRequest pageRequest, String conversation) {
    return pageRequest.isPartial()
        ? pageRequest.fragment(TEMPLATE + " :: nothing", Map.of())
        : pageRequest.redirect(pageRequest.here() + "/try/" + conversation);
  }

  /**
   * Reads the offers from the fields {@code offer.0}, {@code offer.1} and so on, one per search.
   */
  private static Set<String> offerIds(MultiValueMap<String, String> fields) {
    var ids = new HashSet<String>();
    fields.forEach(
        (name, values) -> {
          if (name.startsWith("offer.") && !values.isEmpty()) {
            ids.add(values.getFirst());
          }
        });
    return ids;
  }
}
