package org.actsandbox.sandbox.dispute;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.attestation.dispute.Claim;
import org.actsandbox.protocol.attestation.dispute.DisputeKind;
import org.actsandbox.protocol.attestation.dispute.DisputeState;
import org.actsandbox.protocol.attestation.dispute.Outcome;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.dispute.Disputes.Wish;
import org.actsandbox.sandbox.dispute.judgement.Matter;
import org.actsandbox.sandbox.journal.Secrets;
import org.actsandbox.sandbox.psp.Fields;
import org.actsandbox.sandbox.trust.TrustWorld;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;

/** Takes claims down: about a paid order, within reason, one at a time. */
final class Opening {

  /** Ours: long enough for what comes late, short enough that records and keys are at hand. */
  static final Duration WINDOW = Duration.ofDays(90);

  /** Ours: with four kinds of claim, somebody who needs more is not heard better by more. */
  static final int MAX_OF_AN_ORDER = 6;

  private final TrustWorld world;
  private final DisputeStore store;
  private final Surroundings around;
  private final DisputeRules rules;

  Opening(TrustWorld world, DisputeStore store, Surroundings around, DisputeRules rules) {
    this.world = world;
    this.store = store;
    this.around = around;
    this.rules = rules;
  }

  /** A new dispute, or the one that is open about the very same. */
  sealed interface Answer {

    record Fresh(Dispute dispute) implements Answer {}

    record Known(Dispute dispute) implements Answer {}
  }

  /**
   * @param caller whose key brought it
   * @throws Refusal {@code invalid_field}, {@code not_found}, {@code dispute_not_allowed}, {@code
   *     dispute_open}, {@code pin_wrong}, {@code pin_locked}
   */
  Answer open(Wish wish, Caller caller) {
    var kind =
        DisputeKind.find(wish.kind())
            .orElseThrow(
                () ->
                    Fields.invalid(
                        "kind",
                        "not_delivered, wrong_item, not_authorized or amount_differs",
                        wish.kind()));
    var description = description(wish.description());
    var matter = matter(wish, caller);
    var claim =
        new Claim(
            world.ids().next("DSP"),
            matter.orderNo(),
            matter.tradeNo(),
            kind,
            description,
            expected(kind, wish.expectedAmount(), matter),
            caller.role().code(),
            caller.is(Role.PRINCIPAL) ? matter.principal() : null,
            world.now(),
            null,
            null,
            null);
    if (store.openOf(matter).isPresent()) {
      return new Answer.Known(same(matter, claim));
    }
    requireAllowed(matter, claim);
    var signed = SignedJson.sign(claim, Claim.class, signer(claim, wish.pin()));
    var added = world.inTransaction(() -> add(matter, signed));
    if (added.isEmpty()) {
      return new Answer.Known(same(matter, claim));
    }
    return new Answer.Fresh(added.get());
  }

  /**
   * Whose word it is. The PIN is compared before anything is locked; what was true then is looked
   * at again with the lock.
   */
  private Signer signer(Claim claim, @Nullable String pin) {
    var claimant = claim.claimant();
    if (claimant == null) {
      if (pin != null) {
        throw Fields.invalid("pin", "nothing from an operator, who signs for nobody", "a PIN");
      }
      return world.signer();
    }
    return rules.claimSigner(
        () -> around.keys().release(claimant, pin, "dispute " + claim.orderNo()), world.signer());
  }

  private Optional<Dispute> add(Matter matter, Claim claim) {
    if (store.openOf(matter).isEmpty()) {
      requireAllowed(matter, claim);
    }
    var dispute = Dispute.opened(matter, claim);
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

  private Matter matter(Wish wish, Caller caller) {
    var paid =
        around.paid().apply(Fields.text("order_no", wish.orderNo(), 64)).stream()
            .filter(
                each -> wish.merchant() == null || each.merchant().name().equals(wish.merchant()))
            .filter(each -> !caller.is(Role.PRINCIPAL) || each.principal().equals(caller.subject()))
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
    return Secrets.OF_NO_WORLD.freeText(lines);
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
}
