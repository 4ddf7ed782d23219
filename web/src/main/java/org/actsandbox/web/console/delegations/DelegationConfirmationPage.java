package org.actsandbox.web.console.delegations;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.delegation.DelegationIntent;
import org.actsandbox.sandbox.delegation.DelegationViews;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.frame.PathId;
import org.actsandbox.web.console.port.DelegationReader;
import org.actsandbox.web.console.principal.ConsoleApiClient;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;
import tools.jackson.databind.JsonNode;

/**
 * Is the page on which the principal gives authority: the principal reads exactly what is signed
 * (ACT ADD-2), and enters the PIN or declines. As with the cashier, no other page can show it in a
 * frame, and the agent's key does not open it.
 */
@Controller
@RequestMapping({"/cashier/delegations/{intentId}", "/w/{world}/cashier/delegations/{intentId}"})
class DelegationConfirmationPage {

  private static final Set<String> DECISIONS = Set.of("APPROVE", "DECLINE");

  /** Refusals that leave the intent open: the page is shown again and says what to do. */
  private static final Set<String> TRY_AGAIN =
      Set.of("pin_wrong", "pin_locked", "invalid_field", "approval_mismatch");

  private final ConsoleApiClient consoleApiClient;
  private final DelegationReader delegationReader;

  DelegationConfirmationPage(ConsoleApiClient consoleApiClient, DelegationReader delegationReader) {
    this.consoleApiClient = consoleApiClient;
    this.delegationReader = delegationReader;
  }

  record Decision(@Nullable String decision, @Nullable String digest, @Nullable String pin) {

    /** Leaves out the PIN, so that it is in no log. */
    @Override
    public String toString() {
      return "Decision[" + decision + "]";
    }
  }

  /**
   * Is one message of the conversation that the authority comes from.
   *
   * @param mine true for the principal's own messages
   */
  record Said(boolean mine, String text) {}

  @GetMapping
  Rendering show(PageRequest pageRequest, @PathVariable String intentId) {
    return show(pageRequest, intentId, null);
  }

  private Rendering show(PageRequest pageRequest, String intentId, @Nullable String refused) {
    var intent = intent(pageRequest, intentId);
    if (intent.status() != DelegationIntent.Status.WAITING) {
      // A draft whose time ran out says by itself that the answer came too late.
      boolean late = refused != null && intent.status() != DelegationIntent.Status.LAPSED;
      var pageBuilder = pageRequest.page("console/authority-result", "cashier");
      if (late) {
        pageBuilder.status(409);
      }
      return pageBuilder
          .with("intent", intent)
          .with("late", late)
          .with("status", intent.status().code())
          .with("agent", EntryNarrator.nameOf(intent.agentId()))
          .with("said", conversation(intent.isr()))
          .with("here", pageRequest.here())
          .show();
    }
    var json =
        consoleApiClient.get(pageRequest.world(), pageRequest.principal(), confirmation(intentId));
    var request = Json.read(json, DelegationViews.Confirmation.class);
    var content = request.content();
    var pageBuilder =
        pageRequest
            .page("console/authority", "cashier")
            .with("shown", content)
            .with("digest", request.digest())
            .with("attempts", request.pinAttemptsLeft())
            .with("lockedMinutes", request.pinLockedMinutes())
            .with("agent", EntryNarrator.nameOf(content.agentId()))
            .with(
                "permits",
                SignedField.all(content.payload(), content.summary(), pageRequest.words()))
            .with("canonical", CanonicalJson.text(json.path("content")))
            .with("said", conversation(intent.isr()))
            .with(
                "duration",
                pageRequest
                    .words()
                    .span(
                        Duration.between(
                            pageRequest.world().clock().instant(),
                            content.payload().validityEndTime())))
            .with("action", pageRequest.exchange().getRequest().getPath().value())
            .with("here", pageRequest.here())
            .with("refused", refused);
    if (refused != null) {
      pageBuilder.status(422);
    }
    return pageBuilder.show();
  }

  @PostMapping
  Rendering decide(
      PageRequest pageRequest, @PathVariable String intentId, @ModelAttribute Decision decision) {
    try {
      consoleApiClient.post(
          pageRequest.world(), pageRequest.principal(), confirmation(intentId), answer(decision));
    } catch (UnexpectedReply refusal) {
      if (TRY_AGAIN.contains(refusal.code())) {
        return show(pageRequest, intentId, refusal.code());
      }
      if (intent(pageRequest, intentId).status() == DelegationIntent.Status.WAITING) {
        throw refusal;
      }
      if (refusal.status() == 409) {
        return show(pageRequest, intentId, refusal.code());
      }
    }
    return pageRequest.redirect(pageRequest.exchange().getRequest().getPath().value());
  }

  private static Map<String, String> answer(Decision decision) {
    if (decision.decision() == null || !DECISIONS.contains(decision.decision())) {
      throw new Refusal(Problem.INVALID_FIELD, "the answer is neither of the two")
          .at("decision")
          .expected("APPROVE or DECLINE");
    }
    var answer = new HashMap<String, String>();
    answer.put("decision", decision.decision());
    if (decision.decision().equals("APPROVE")) {
      answer.put("digest", decision.digest() == null ? "" : decision.digest());
      answer.put("pin", decision.pin() == null ? "" : decision.pin().strip());
    }
    return answer;
  }

  /** Reads the conversation as far as the intent keeps it. */
  private static List<Said> conversation(JsonNode isr) {
    var raw = isr.path("conversation_history").path("user_intent_raw");
    if (raw.isString()) {
      return List.of(new Said(true, raw.stringValue()));
    }
    var turns = new ArrayList<Said>();
    for (var turn : raw) {
      turns.add(
          new Said(
              turn.path("role").asString("").equals("USER"), turn.path("content").asString("")));
    }
    return List.copyOf(turns);
  }

  private DelegationViews.IntentView intent(PageRequest pageRequest, String intentId) {
    requireId(intentId);
    return delegationReader.intent(pageRequest.world(), pageRequest.principal(), intentId);
  }

  private static String confirmation(String intentId) {
    requireId(intentId);
    return "/delegations/intents/" + intentId + "/confirmation";
  }

  private static void requireId(String intentId) {
    PathId.require(intentId, "intent", "intent_id");
  }
}
