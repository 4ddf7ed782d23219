package org.actsandbox.sandbox.dispute;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.attestation.dispute.Claim;
import org.actsandbox.protocol.attestation.dispute.DisputeKind;
import org.actsandbox.protocol.attestation.dispute.DisputeOutcome;
import org.actsandbox.protocol.attestation.dispute.DisputeState;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.notification.NotificationEvent;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.sandbox.dispute.judgement.DisputedPurchase;
import org.actsandbox.sandbox.journal.SecretMasker;
import org.actsandbox.sandbox.trust.TrustWorld;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;

/** Accepts claims about paid orders: within the time limit, and one open claim per order. */
final class ClaimIntake {

  /**
   * Ours: long enough for late deliveries, short enough that records and keys are still available.
   */
  static final Duration TIME_LIMIT = Duration.ofDays(90);

  /** Ours: there are four kinds of claim, so more disputes about one order serve no purpose. */
  static final int MAX_PER_ORDER = 6;

  private final TrustWorld world;
  private final DisputeStore store;
  private final DisputeDependencies dependencies;
  private final DisputeRules rules;
  private final DisputeNotifications notifications;

  ClaimIntake(
      TrustWorld world,
      DisputeStore store,
      DisputeDependencies dependencies,
      DisputeRules rules,
      DisputeNotifications notifications) {
    this.world = world;
    this.store = store;
    this.dependencies = dependencies;
    this.rules = rules;
    this.notifications = notifications;
  }

  /** Represents a new dispute, or the open one with the same claim. */
  sealed interface Answer {

    record Created(Dispute dispute) implements Answer {}

    record Existing(Dispute dispute) implements Answer {}
  }

  /**
   * Opens a dispute, or finds the open one with the same claim.
   *
   * @param caller the participant that the request's key belongs to
   * @throws Refusal {@code invalid_field}, {@code not_found}, {@code dispute_not_allowed}, {@code
   *     dispute_open}, {@code pin_wrong}, {@code pin_locked}
   */
  Answer open(Disputes.DisputeRequest disputeRequest, Caller caller) {
    MistakeCollector.checkValues(disputeRequest);
    var kind = kind(disputeRequest.kind());
    var description = description(disputeRequest.description());
    var disputedPurchase = findPurchase(disputeRequest, caller);
    var claim =
        new Claim(
            world.ids().next("DSP"),
            disputedPurchase.orderNo(),
            disputedPurchase.tradeNo(),
            kind,
            description,
            expected(kind, disputeRequest.expectedAmount(), disputedPurchase),
            caller.role().code(),
            caller.is(Role.PRINCIPAL) ? disputedPurchase.principal() : null,
            world.now(),
            null,
            null,
            null);
    if (store.findOpen(disputedPurchase).isPresent()) {
      return new Answer.Existing(requireSameClaim(disputedPurchase, claim));
    }
    requireAllowed(disputedPurchase, claim);
    var signed = SignedJson.sign(claim, Claim.class, signer(claim, disputeRequest.pin()));
    var added = world.inTransaction(() -> add(disputedPurchase, signed));
    if (added.isEmpty()) {
      return new Answer.Existing(requireSameClaim(disputedPurchase, claim));
    }
    return new Answer.Created(added.get());
  }

  /**
   * Returns the signer of the claim: the claimant, or the service for an operator. The PIN is
   * compared before anything is locked; what was true then is checked again under the lock.
   */
  private Signer signer(Claim claim, @Nullable String pin) {
    var claimant = claim.claimant();
    if (claimant == null) {
      if (pin != null) {
        throw FieldChecks.invalid(
            "pin", "no PIN from an operator, who cannot sign for a principal", "a PIN");
      }
      return world.signer();
    }
    return rules.claimSigner(
        () -> dependencies.keys().release(claimant, pin, "dispute " + claim.orderNo()),
        world.signer());
  }

  private Optional<Dispute> add(DisputedPurchase disputedPurchase, Claim claim) {
    if (store.findOpen(disputedPurchase).isEmpty()) {
      requireAllowed(disputedPurchase, claim);
    }
    var dispute = Dispute.opened(disputedPurchase, claim);
    if (!store.add(dispute, parties(disputedPurchase))) {
      return Optional.empty();
    }
    notifications.add(NotificationEvent.DISPUTE_OPENED, dispute);
    return Optional.of(dispute);
  }

  private Dispute requireSameClaim(DisputedPurchase disputedPurchase, Claim claim) {
    return store
        .findOpen(disputedPurchase)
        .filter(
            open ->
                open.claim().kind() == claim.kind()
                    && open.claim().description().equals(claim.description())
                    && Objects.equals(open.claim().expectedAmount(), claim.expectedAmount()))
        .orElseThrow(
            () ->
                new Refusal(Problem.DISPUTE_OPEN, "the order already has an open dispute")
                    .at("order_no")
                    .observed(store.findOpen(disputedPurchase).map(Dispute::disputeId).orElse(""))
                    .remedy("Wait for its finding, or withdraw it."));
  }

  private void requireAllowed(DisputedPurchase disputedPurchase, Claim claim) {
    if (!world.now().isBefore(disputedPurchase.paidAt().plus(TIME_LIMIT))) {
      throw notAllowed("the payment is too long ago")
          .expected("within " + TIME_LIMIT.toDays() + " days")
          .observed(disputedPurchase.paidAt().toString());
    }
    if (dependencies.refundable().apply(disputedPurchase.tradeNo()).isZero()) {
      throw notAllowed("all that was paid has gone back already");
    }
    var before = store.ofOrder(disputedPurchase.merchant(), disputedPurchase.orderNo());
    if (before.size() >= MAX_PER_ORDER) {
      throw notAllowed("too many disputes about one order").expected("at most " + MAX_PER_ORDER);
    }
    before.stream()
        .filter(each -> each.claim().kind() == claim.kind())
        .filter(each -> each.purchase().tradeNo().equals(disputedPurchase.tradeNo()))
        .filter(each -> each.state() == DisputeState.DECIDED)
        .filter(each -> each.progress().outcome() != DisputeOutcome.INCONCLUSIVE)
        .findFirst()
        .ifPresent(
            each -> {
              throw notAllowed("this was decided already").observed(each.disputeId());
            });
  }

  private static Refusal notAllowed(String why) {
    return new Refusal(Problem.DISPUTE_NOT_ALLOWED, why).at("order_no");
  }

  private DisputedPurchase findPurchase(Disputes.DisputeRequest disputeRequest, Caller caller) {
    var paid =
        dependencies
            .paidPurchases()
            .find(
                FieldChecks.text("order_no", disputeRequest.orderNo(), 64),
                merchant(disputeRequest.merchant()),
                caller.is(Role.PRINCIPAL) ? caller.subject() : null);
    if (paid.isEmpty()) {
      throw new Refusal(Problem.NOT_FOUND, "no paid order has this number")
          .at("order_no")
          .observed(disputeRequest.orderNo());
    }
    if (paid.stream().map(DisputedPurchase::merchant).distinct().count() > 1) {
      throw FieldChecks.invalid("merchant", "one of those who use this order number", "none");
    }
    return paid.stream()
        .filter(each -> !dependencies.refundable().apply(each.tradeNo()).isZero())
        .findFirst()
        .orElse(paid.getFirst());
  }

  private static @Nullable Did merchant(@Nullable String id) {
    return id == null ? null : FieldChecks.participant("merchant", id);
  }

  static DisputeKind kind(String code) {
    return DisputeKind.find(code)
        .orElseThrow(
            () ->
                FieldChecks.invalid(
                    "kind", "not_delivered, wrong_item, not_authorized or amount_differs", code));
  }

  /** Returns the description with secrets masked, because all parties read it. */
  static String description(String text) {
    var lines = text.replace("\r\n", "\n").strip();
    if (lines.isEmpty() || lines.length() > Claim.MAX_DESCRIPTION) {
      throw FieldChecks.invalid(
          "description",
          "1 to " + Claim.MAX_DESCRIPTION + " characters",
          lines.length() + " characters");
    }
    if (lines.chars().anyMatch(c -> c != '\n' && Character.isISOControl(c))) {
      throw FieldChecks.invalid("description", "no control characters", "a control character");
    }
    return SecretMasker.OF_NO_WORLD.maskFreeText(lines);
  }

  private static @Nullable String expected(
      DisputeKind kind, @Nullable String amount, DisputedPurchase disputedPurchase) {
    if (kind != DisputeKind.AMOUNT_DIFFERS) {
      if (amount != null) {
        throw FieldChecks.invalid("expected_amount", "nothing for this kind of claim", amount);
      }
      return null;
    }
    var paid = disputedPurchase.paid();
    if (amount == null) {
      throw FieldChecks.invalid("expected_amount", "what should have been paid", "nothing");
    }
    var expected = FieldChecks.money("expected_amount", amount, paid.currency().getCurrencyCode());
    if (!paid.moreThan(expected)) {
      throw FieldChecks.invalid("expected_amount", "less than " + paid.decimal(), amount);
    }
    return expected.decimal();
  }

  private static List<AskedParty> parties(DisputedPurchase disputedPurchase) {
    var all = new ArrayList<AskedParty>();
    all.add(AskedParty.waiting(1, disputedPurchase.merchant(), Party.Role.MERCHANT));
    all.add(AskedParty.waiting(2, disputedPurchase.psp(), Party.Role.PSP));
    all.add(AskedParty.waiting(3, disputedPurchase.agent(), Party.Role.PAYER_AGENT));
    if (disputedPurchase.delegationId() != null) {
      all.add(AskedParty.waiting(4, World.DELEGATIONS, Party.Role.DELEGATOR_AGENT));
    }
    return all;
  }
}
