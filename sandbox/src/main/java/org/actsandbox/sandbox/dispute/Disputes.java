package org.actsandbox.sandbox.dispute;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.actsandbox.protocol.attestation.dispute.DisputeState;
import org.actsandbox.protocol.commerce.Page;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.protocol.time.BackgroundWork;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.protocol.time.Soon;
import org.actsandbox.sandbox.psp.Cursor;
import org.actsandbox.sandbox.psp.Fields;
import org.actsandbox.sandbox.trust.Trust;
import org.actsandbox.sandbox.trust.TrustWorld;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The dispute service of one world: what the endpoints take as argument. */
public final class Disputes {

  static final ActComponent COMPONENT = ActComponent.TSD_ATT_DSP;

  private final TrustWorld world;
  private final DisputeStore store;
  private final Opening opening;
  private final Intake intake;
  private final Hearing hearing;
  private final Soon soon;

  public Disputes(Trust trust, Surroundings around, DisputeRules rules) {
    this.world = trust.world();
    this.store = new DisputeStore(world);
    this.opening = new Opening(world, store, around, rules);
    this.intake = new Intake(world, store, rules);
    this.hearing = new Hearing(trust, store, rules, around, intake);
    this.soon = new Soon(world.agenda(), 1);
  }

  /** Questions to ask, deadlines, decisions and what follows from them. */
  public List<DueWork> dueWork() {
    return List.of(new BackgroundWork("disputes", hearing, soon, hearing::expect));
  }

  public void close() {
    soon.close();
  }

  /**
   * What somebody says is wrong.
   *
   * @param merchant its id; needed only where two merchants use one order number
   * @param pin the payment PIN, which has the claimant's key sign the claim; not of an operator
   */
  public record Wish(
      String orderNo,
      @Nullable String merchant,
      String kind,
      String description,
      @Nullable String expectedAmount,
      @Nullable String pin) {

    /** Without the PIN, which is in no log. */
    @Override
    public String toString() {
      return "Wish[" + kind + " of " + orderNo + "]";
    }
  }

  /** Fresh, or the same claim again. */
  public record Opened(Views.DisputeView dispute, boolean fresh) {}

  /**
   * Opens a dispute; the same claim again is answered with the one that is open. A PIN is compared
   * only for a claim that would be taken.
   *
   * @throws Refusal {@code key_forbidden} for agents and merchants; {@code invalid_field}; {@code
   *     not_found}; {@code dispute_not_allowed}; {@code dispute_open}; {@code pin_wrong}; {@code
   *     pin_locked}
   */
  public Opened open(Wish wish, Caller caller) {
    var by = caller.require(Role.PRINCIPAL, Role.OPERATOR).role().code();
    return switch (opening.open(wish, caller)) {
      case Opening.Answer.Fresh(var dispute) -> {
        note(dispute, "dispute-opened", Map.of("kind", dispute.claim().kind().code(), "by", by));
        hearing.expect(world.now());
        yield new Opened(view(dispute), true);
      }
      case Opening.Answer.Known(var dispute) -> new Opened(view(dispute), false);
    };
  }

  /**
   * A party's own statement, brought by itself.
   *
   * @throws Refusal see {@link Intake#take}
   */
  void answer(String disputeId, JsonNode evidence) {
    var complete = intake.take(Fields.text("dispute_id", disputeId, 64), evidence);
    if (complete) {
      var now = world.now();
      world.inTransaction(
          () -> {
            var found = store.lock(disputeId).orElseThrow();
            if (found.state() == DisputeState.EVIDENCE_REQUESTED) {
              store.update(found.due(now));
            }
            return true;
          });
      hearing.expect(now);
    }
  }

  /**
   * The claimant does not want it any more.
   *
   * @throws Refusal {@code key_forbidden}, {@code not_found}, {@code illegal_transition} once it is
   *     decided
   */
  public Views.DisputeView withdraw(String disputeId, Caller caller) {
    caller.require(Role.PRINCIPAL, Role.OPERATOR);
    var now = world.now();
    var withdrawn =
        world.inTransaction(
            () -> {
              var found =
                  store
                      .lock(disputeId)
                      .filter(each -> isOf(each, caller))
                      .orElseThrow(() -> unknown(disputeId));
              if (found.state() == DisputeState.WITHDRAWN) {
                return found;
              }
              var changed = found.withdrawn(now);
              store.update(changed);
              store.asked().forgetPapers(disputeId);
              return changed;
            });
    if (now.equals(withdrawn.now().closedAt())) {
      note(withdrawn, "dispute-withdrawn", Map.of("by", caller.role().code()));
    }
    return view(withdrawn);
  }

  /**
   * @throws Refusal {@code not_found}, also for who has no part in it
   */
  public Views.DisputeView get(String disputeId, Caller caller) {
    return view(visible(disputeId, caller));
  }

  /** Newest first: a participant's own, the operator's all. */
  public Page<Views.DisputeView> list(
      Caller caller, @Nullable String orderNo, @Nullable String cursor) {
    var party = participantOrAll(caller);
    if (orderNo != null) {
      return new Page<>(
          store.of(Fields.text("order_no", orderNo, 64)).reversed().stream()
              .filter(each -> isVisible(each, party, caller))
              .map(this::view)
              .toList(),
          null);
    }
    return Cursor.page(
        store.newest(
            Cursor.parse(cursor), party, caller.is(Role.PRINCIPAL) ? caller.subject() : null),
        each -> new Cursor(each.claim().openedAt(), each.disputeId()),
        this::view);
  }

  /** A dispute with all that was said, for its bundle. */
  public record Whole(Dispute dispute, List<Asked> parties) {}

  public Whole whole(String disputeId, Caller caller) {
    var found = visible(disputeId, caller);
    return new Whole(found, store.asked().of(disputeId));
  }

  private Dispute visible(String disputeId, Caller caller) {
    // The role first: who may see none does not learn either which there are.
    var party = participantOrAll(caller);
    return store
        .find(Fields.text("dispute_id", disputeId, 64))
        .filter(each -> isVisible(each, party, caller))
        .orElseThrow(() -> unknown(disputeId));
  }

  private boolean isVisible(Dispute dispute, @Nullable Did party, Caller caller) {
    return party == null ? isOf(dispute, caller) : hasPart(dispute, party);
  }

  /** A principal disputes what it paid for, and sees nothing of others' disputes. */
  private static boolean isOf(Dispute dispute, Caller caller) {
    return !caller.is(Role.PRINCIPAL) || dispute.matter().principal().equals(caller.subject());
  }

  private boolean hasPart(Dispute dispute, Did party) {
    return store.asked().of(dispute.disputeId()).stream()
        .anyMatch(each -> each.party().equals(party));
  }

  private static @Nullable Did participantOrAll(Caller caller) {
    caller.require(Role.PRINCIPAL, Role.OPERATOR, Role.MERCHANT, Role.AGENT);
    return caller.is(Role.MERCHANT) || caller.is(Role.AGENT)
        ? caller.did().orElseThrow(() -> new IllegalStateException("a key has a subject"))
        : null;
  }

  private Views.DisputeView view(Dispute dispute) {
    return Views.of(dispute, store.asked().of(dispute.disputeId()));
  }

  static Refusal unknown(String disputeId) {
    return new Refusal(Problem.NOT_FOUND, "there is no such dispute")
        .at("dispute_id")
        .observed(disputeId);
  }

  private void note(Dispute dispute, String event, Map<String, String> data) {
    var all = new TreeMap<String, String>(data);
    all.put("dispute_id", dispute.disputeId());
    world.note(world.did(), JournalNote.Kind.STATE, COMPONENT, event, dispute.journalIds(), all);
  }
}
