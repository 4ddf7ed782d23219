package org.actsandbox.web.console.delegations;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.delegation.IacPayload;
import org.actsandbox.protocol.delegation.PurchaseTarget;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.sandbox.delegation.DelegationDisplayState;
import org.actsandbox.sandbox.delegation.DelegationViews.DelegationView;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.picture.AuthorityPicture;
import org.jspecify.annotations.Nullable;

/**
 * Shows one delegation at a glance.
 *
 * @param wish the principal's own words; empty where the intent keeps only a digest of them
 * @param stateClass CSS class of the delegation's state
 * @param spent the sum of its payments as the payment service counts them
 * @param left time until the delegation ends, or until it begins; zero when it is over
 */
record DelegationCard(
    DelegationView view,
    String wish,
    String stateClass,
    Money spent,
    int payments,
    Duration left,
    AuthorityPicture picture) {

  /** The reason with which an agent gives authority back when it has done what it was for. */
  private static final String FULFILLED = "done";

  static DelegationCard of(
      DelegationView view, String wish, @Nullable Money spent, int payments, Instant now) {
    var authority = view.payload();
    var sum = spent == null ? Money.zero(authority.maxTotal().currency()) : spent;
    return new DelegationCard(
        view,
        wish,
        isUsedUp(view, payments) ? "used" : stateClass(view),
        sum,
        payments,
        left(view, now),
        AuthorityPicture.of(authority, sum, now));
  }

  /** A delegation that was given back because its purpose is fulfilled is done, not taken away. */
  private static String stateClass(DelegationView view) {
    if (view.state() == DelegationDisplayState.REVOKED && FULFILLED.equals(view.reason())) {
      return "done";
    }
    return view.state() == DelegationDisplayState.PENDING
        ? "soon"
        : view.state().code().toLowerCase(Locale.ROOT);
  }

  /** Returns whether everything that the authority names was bought; it may last longer. */
  private static boolean isUsedUp(DelegationView view, int payments) {
    var targets = view.payload().bounds().privateOrNone().targets();
    return view.state() == DelegationDisplayState.ACTIVE
        && targets != null
        && !targets.isEmpty()
        && payments >= targets.stream().mapToInt(DelegationCard::times).sum();
  }

  private static int times(PurchaseTarget target) {
    var times = target.times();
    return times == null ? 1 : times;
  }

  private static Duration left(DelegationView view, Instant now) {
    if (view.state().isFinal()) {
      return Duration.ZERO;
    }
    var start = view.payload().validityStartTime();
    return Duration.between(now, now.isBefore(start) ? start : view.payload().validityEndTime());
  }

  public String id() {
    return view.delegationId();
  }

  public IacPayload authority() {
    return view.payload();
  }

  public Text agent() {
    return EntryNarrator.nameOf(view.agentId());
  }

  /** Returns the name of the party that changed the delegation last. */
  public Text by() {
    return EntryNarrator.nameOf(view.changedBy());
  }

  /** Returns the amount that is left of the budget, never below zero. */
  public Money remaining() {
    var total = authority().maxTotal();
    return spent.moreThan(total) ? Money.zero(total.currency()) : total.minus(spent);
  }

  public @Nullable Money single() {
    return authority().maxSingle().orElse(null);
  }

  public List<String> categories() {
    return orNone(authority().bounds().commerceOrNone().allowedCategories());
  }

  public List<Text> merchants() {
    return names(authority().bounds().commerceOrNone().allowedMerchants());
  }

  /** Returns the merchants that are forbidden, even where their category is allowed. */
  public List<Text> forbiddenMerchants() {
    return names(authority().bounds().commerceOrNone().forbiddenMerchants());
  }

  private static List<Text> names(@Nullable List<String> dids) {
    return orNone(dids).stream().map(EntryNarrator::nameOf).toList();
  }

  private static List<String> orNone(@Nullable List<String> names) {
    return names == null ? List.of() : names;
  }

  public boolean pausable() {
    return view.state() == DelegationDisplayState.ACTIVE
        || view.state() == DelegationDisplayState.PENDING;
  }

  public boolean resumable() {
    return view.state() == DelegationDisplayState.SUSPENDED;
  }

  public boolean over() {
    return view.state().isFinal();
  }

  /** Returns whether no more can be paid, so that what is left of the budget stays unused. */
  public boolean closed() {
    return over() || stateClass.equals("used");
  }
}
