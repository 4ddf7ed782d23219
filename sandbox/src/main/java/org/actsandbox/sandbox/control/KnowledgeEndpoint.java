package org.actsandbox.sandbox.control;

import java.util.List;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.knowledge.Knowledge;
import org.actsandbox.sandbox.knowledge.KnowledgeMemory;
import org.actsandbox.sandbox.knowledge.KnowledgePolicy;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tells what each participant knows, and what it must never know. */
@RestController
class KnowledgeEndpoint {

  private final KnowledgeMemory knowledgeMemory;

  KnowledgeEndpoint(KnowledgeMemory knowledgeMemory) {
    this.knowledgeMemory = knowledgeMemory;
  }

  /**
   * Represents the knowledge policy.
   *
   * @param items rules for each kind of participant
   * @param ofAnotherPrincipal data of one principal that another one must never learn
   */
  record Forbidden(
      List<KnowledgePolicy.Rule> items, List<KnowledgePolicy.Rule> ofAnotherPrincipal) {}

  /**
   * Reads the knowledge of the whole world; with an order or an intent, of that purchase and its
   * conversation.
   *
   * @param leaksOnly leaves out the matrix
   */
  @EndpointSummary("Read who has come to know what")
  @GetMapping("/api/worlds/{world}/knowledge")
  Knowledge read(
      World world,
      @RequestParam(name = "order_no", required = false) @Nullable String orderNo,
      @RequestParam(name = "intent_id", required = false) @Nullable String intentId,
      @RequestParam(name = "leaks_only", defaultValue = "false") boolean leaksOnly) {
    var knowledge = read(world, orderNo, intentId);
    return leaksOnly ? knowledge.leaksOnly() : knowledge;
  }

  private Knowledge read(World world, @Nullable String orderNo, @Nullable String intentId) {
    if (orderNo != null && intentId != null) {
      throw new Refusal(Problem.INVALID_FIELD, "a purchase is named by one id")
          .at("intent_id")
          .expected("order_no or intent_id");
    }
    var reader = knowledgeMemory.of(world);
    if (orderNo != null) {
      return reader.of(JournalIds.ORDER_NO, orderNo);
    }
    return intentId == null ? reader.all() : reader.of(JournalIds.INTENT_ID, intentId);
  }

  /** Reads the rules by participant and datum, each with the rule of ACT 2.1 that it comes from. */
  @EndpointSummary("Read the rules of who may learn what")
  @GetMapping("/api/worlds/{world}/knowledge/policy")
  Forbidden policy(@PathVariable String world) {
    return new Forbidden(KnowledgePolicy.RULES, KnowledgePolicy.OF_ANOTHER_PRINCIPAL);
  }
}
