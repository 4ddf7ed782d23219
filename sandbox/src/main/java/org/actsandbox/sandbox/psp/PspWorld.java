package org.actsandbox.sandbox.psp;

import java.net.URI;
import java.util.Currency;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.actsandbox.participant.ParticipantContext;
import org.actsandbox.participant.ParticipantWorld;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.time.BackgroundTurns;
import org.actsandbox.sandbox.key.KnownPins;
import org.actsandbox.sandbox.key.PinStorage;
import org.actsandbox.sandbox.key.Principals;
import org.actsandbox.sandbox.notification.NotificationChannels;

/**
 * Bundles everything that the payment service needs from the world it runs in.
 *
 * @param knownPins learns each valid PIN, so that it is masked wherever it appears
 * @param agent the agent that both initial instruments are bound to
 * @param payees finds the merchants that the payment service pays out to
 * @param channels how merchants and agents are notified at their webhook endpoints
 * @param formNotices notices in Alipay's form to sellers that asked for the payment in it
 * @param openedPayments is told of each payment in the transaction that stores it
 * @param opening gives each principal's possessions at the beginning of the world
 */
public record PspWorld(
    ParticipantContext context,
    BackgroundTurns backgroundTurns,
    PinStorage pinStorage,
    KnownPins knownPins,
    Principals principals,
    Did agent,
    Function<Did, Optional<Payee>> payees,
    Function<String, URI> cashier,
    Function<Did, Opening> opening,
    Authority authority,
    NotificationChannels channels,
    FormNotices formNotices,
    Consumer<OpenedPayment> openedPayments)
    implements ParticipantWorld {

  /**
   * States what a principal owns when the world begins.
   *
   * @param pin six digits; only its MAC is kept
   */
  public record Opening(Money balance, Money cardLimit, String pin) {

    @Override
    public String toString() {
      return "Opening[balance=%s, cardLimit=%s]".formatted(balance, cardLimit);
    }
  }

  /** Returns a copy that sends its outbound calls through {@code other}. */
  public PspWorld withOutbound(OutboundClient other) {
    return with(context.withOutbound(other), payees);
  }

  /** Returns a copy that finds merchants by {@code others}, with other names or addresses. */
  public PspWorld withPayees(Function<Did, Optional<Payee>> others) {
    return with(context, others);
  }

  private PspWorld with(ParticipantContext newContext, Function<Did, Optional<Payee>> merchants) {
    return new PspWorld(
        newContext,
        backgroundTurns,
        pinStorage,
        knownPins,
        principals,
        agent,
        merchants,
        cashier,
        opening,
        authority,
        channels,
        formNotices,
        openedPayments);
  }

  /**
   * Configures the payments that rest on a delegation.
   *
   * @param statusService the service that signs status lists
   * @param statusLists the address below which, and nowhere else, states are looked up
   * @param askEveryPayment the default until the principal decides: whether it also confirms
   *     delegated payments
   */
  public record Authority(
      Did statusService, URI statusLists, URI iacs, Predicate<Did> askEveryPayment) {}

  /** Returns the currency of a principal's instruments and sub-accounts. */
  public Currency currency(Did principal) {
    return opening.apply(principal).balance().currency();
  }
}
