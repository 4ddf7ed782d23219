package org.actsandbox.sandbox.dispute;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.attestation.dispute.Claim;
import org.actsandbox.protocol.attestation.dispute.DisputeKind;
import org.actsandbox.protocol.attestation.dispute.DisputeState;
import org.actsandbox.protocol.attestation.dispute.Outcome;
import org.actsandbox.protocol.commerce.Page;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.time.BackgroundWork;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.protocol.time.Soon;
import org.actsandbox.sandbox.dispute.judgement.Matter;
import org.actsandbox.sandbox.journal.Secrets;
import org.actsandbox.sandbox.psp.Cursor;
import org.actsandbox.sandbox.psp.Fields;
import org.actsandbox.sandbox.trust.Trust;
import org.actsandbox.sandbox.trust.TrustWorld;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The dispute service of one world: what the endpoints take as argument. */
public final class Disputes {

  static final String COMPONENT = "TSD-ATT-DSP";

  /** Ours: long enough for what comes late, short enough that records and keys are at hand. */
  static final Duration WINDOW = Duration.ofDays(90);

  /** Ours: with four kinds of claim, somebody who needs more is not heard better by more. */
  static final int MAX_OF_AN_ORDER = 6;

  private final TrustWorld world;
  private final Surroundings around;
  private final DisputeStore store;
  private final Intake intake;
  private final Hearing hearing;
  private final Soon soon;

  public Disputes(Trust trust, Surroundings around, DisputeRules rules) {
    this.world = trust.world();
    this.around = around;
    this.store = new DisputeStore(world);
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
   */
  public record Wish(
      String orderNo,
      @Nullable String merchant,
      String kind,
      String description,
      @Nullable String expectedAmount) {}

  /** Fresh, or the same claim again. */
  public record Opened(Views.DisputeView dispute, boolean fresh) {}

  /**
   * Opens a dispute; the same claim again is answered with the one that is open.
   *
   * @throws Refusal {@code key_forbidden} for agents and merchants; {@code invalid_field}; {@code
   *     not_found}; {@code dispute_not_allowed}; {@code dispute_open}
   */
  public Opened open(Wish wish, Caller caller) {
    var by = caller.require(Role.PRINCIPAL, Role.OPERATOR).role().code();
    var kind =
        DisputeKind.find(wish.kind())
            .orElseThrow(
                () ->
                    Fields.invalid(
                        "kind",
                        "not_delivered, wrong_item, not_authorized or amount_differs",
                        wish.kind()));
    var description = description(wish.description());
    var matter = matter(wish);
    var claim =
        new Claim(
            world.ids().next("DSP"),
            matter.orderNo(),
            matter.tradeNo(),
            kind,
            description,
            expected(kind, wish.expectedAmount(), matter),
            by,
            world.now(),
            null,
            null,
            null);
    var added = world.inTransaction(() -> add(matter, claim));
    if (added.isEmpty()) {
      return new Opened(view(same(matter, claim)), false);
    }
    note(added.get(), "dispute-opened", Map.of("kind", kind.code(), "by", by));
    hearing.expect(world.now());
    return new Opened(view(added.get()), true);
  }

  private Optional<Dispute> add(Matter matter, Claim claim) {
    if (store.openOf(matter).isEmpty()) {
      requireAllowed(matter, claim);
    }
    var dispute = Dispute.opened(matter, SignedJson.sign(claim, Claim.class, world.signer()));
    return store.add(dispute, parties(matter)) ? Optional.of(dispute) : Optional.empty();
  }

  private Dispute same(Matter matter, Claim claim) {
    return store
        .openOf(matter)
        .filter(
            open ->
                open.claim().kind() == claim.kind()
                    && open.claim().description().equals(claim.description())
                    && Objects.equals(open.claim().expectedAmount(), claim.expectedAmount()))
        .orElseThrow(
            () ->
                new Refusal(Problem.DISPUTE_OPEN, "the order has an open dispute already")
                    .at("order_no")
                    .observed(store.openOf(matter).map(Dispute::disputeId).orElse(""))
                    .remedy("Wait for its finding, or withdraw it."));
  }

  private void requireAllowed(Matter matter, Claim claim) {
    if (!world.now().isBefore(matter.paidAt().plus(WINDOW))) {
      throw notAllowed("the payment is too long ago")
          .expected("within " + WINDOW.toDays() + " days")
          .observed(matter.paidAt().toString());
    }
    if (around.left().apply(matter.tradeNo()).isZero()) {
      throw notAllowed("all that was paid has gone back already");
    }
    var before = store.of(matter.orderNo());
    if (before.size() >= MAX_OF_AN_ORDER) {
      throw notAllowed("too many disputes about one order").expected("at most " + MAX_OF_AN_ORDER);
    }
    before.stream()
        .filter(each -> each.claim().kind() == claim.kind())
        .filter(each -> each.matter().tradeNo().equals(matter.tradeNo()))
        .filter(each -> each.state() == DisputeState.DECIDED)
        .filter(each -> each.now().outcome() != Outcome.INCONCLUSIVE)
        .findFirst()
        .ifPresent(
            each -> {
              throw notAllowed("this was decided already").observed(each.disputeId());
            });
  }

  private static Refusal notAllowed(String why) {
    return new Refusal(Problem.DISPUTE_NOT_ALLOWED, why).at("order_no");
  }

  private Matter matter(Wish wish) {
    var paid =
        around.paid().apply(Fields.text("order_no", wish.orderNo(), 64)).stream()
            .filter(
                each -> wish.merchant() == null || each.merchant().name().equals(wish.merchant()))
            .toList();
    if (paid.isEmpty()) {
      throw new Refusal(Problem.NOT_FOUND, "no paid order has this number")
          .at("order_no")
          .observed(wish.orderNo());
    }
    if (paid.stream().map(Matter::merchant).distinct().count() > 1) {
      throw Fields.invalid("merchant", "one of those who use this order number", "none");
    }
    return paid.stream()
        .filter(each -> !around.left().apply(each.tradeNo()).isZero())
        .findFirst()
        .orElse(paid.getFirst());
  }

  /** Kept as data, without what must not be read by everybody. */
  private static String description(String text) {
    var lines = text.replace("\r\n", "\n").strip();
    if (lines.isEmpty() || lines.length() > Claim.MAX_DESCRIPTION) {
      throw Fields.invalid(
          "description",
          "1 to " + Claim.MAX_DESCRIPTION + " characters",
          lines.length() + " characters");
    }
    if (lines.chars().anyMatch(c -> c != '\n' && Character.isISOControl(c))) {
      throw Fields.invalid("description", "no control characters", "a control character");
    }
    return Secrets.freeText(lines);
  }

  private static @Nullable String expected(
      DisputeKind kind, @Nullable String amount, Matter matter) {
    if (kind != DisputeKind.AMOUNT_DIFFERS) {
      if (amount != null) {
        throw Fields.invalid("expected_amount", "nothing for this kind of claim", amount);
      }
      return null;
    }
    var paid = matter.paid();
    if (amount == null) {
      throw Fields.invalid("expected_amount", "what should have been paid", "nothing");
    }
    var expected = Fields.money("expected_amount", amount, paid.currency().getCurrencyCode());
    if (!paid.moreThan(expected)) {
      throw Fields.invalid("expected_amount", "less than " + paid.decimal(), amount);
    }
    return expected.decimal();
  }

  private static List<Asked> parties(Matter matter) {
    var all = new ArrayList<Asked>();
    all.add(Asked.waiting(1, matter.merchant(), Party.Role.MERCHANT));
    all.add(Asked.waiting(2, matter.psp(), Party.Role.PSP));
    all.add(Asked.waiting(3, matter.agent(), Party.Role.PAYER_AGENT));
    if (matter.delegationId() != null) {
      all.add(Asked.waiting(4, World.DELEGATIONS, Party.Role.DELEGATOR_AGENT));
    }
    return all;
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
              var found = store.lock(disputeId).orElseThrow(() -> unknown(disputeId));
              if (found.state() == DisputeState.WITHDRAWN) {
                return found;
              }
              var changed = found.withdrawn(now);
              store.update(changed);
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

  /** Newest first: a participant's own, the principal's all. */
  public Page<Views.DisputeView> list(
      Caller caller, @Nullable String orderNo, @Nullable String cursor) {
    var party = participantOrAll(caller);
    if (orderNo != null) {
      return new Page<>(
          store.of(Fields.text("order_no", orderNo, 64)).reversed().stream()
              .filter(each -> party == null || hasPart(each, party))
              .map(this::view)
              .toList(),
          null);
    }
    return Cursor.page(
        store.newest(Cursor.parse(cursor), party),
        each -> new Cursor(each.claim().openedAt(), each.disputeId()),
        this::view);
  }

  /** A dispute with all that was said, for its bundle. */
  public record Whole(Dispute dispute, List<Asked> parties) {}

  public Whole whole(String disputeId, Caller caller) {
    var found = visible(disputeId, caller);
    return new Whole(found, store.parties(disputeId));
  }

  private Dispute visible(String disputeId, Caller caller) {
    var party = participantOrAll(caller);
    return store
        .find(Fields.text("dispute_id", disputeId, 64))
        .filter(each -> party == null || hasPart(each, party))
        .orElseThrow(() -> unknown(disputeId));
  }

  private boolean hasPart(Dispute dispute, Did party) {
    return store.parties(dispute.disputeId()).stream().anyMatch(each -> each.party().equals(party));
  }

  private static @Nullable Did participantOrAll(Caller caller) {
    caller.require(Role.PRINCIPAL, Role.OPERATOR, Role.MERCHANT, Role.AGENT);
    return caller.is(Role.MERCHANT) || caller.is(Role.AGENT)
        ? caller.did().orElseThrow(() -> new IllegalStateException("a key has a subject"))
        : null;
  }

  private Views.DisputeView view(Dispute dispute) {
    return Views.of(dispute, store.parties(dispute.disputeId()));
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
