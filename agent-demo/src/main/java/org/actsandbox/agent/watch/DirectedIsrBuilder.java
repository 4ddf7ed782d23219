package org.actsandbox.agent.watch;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Objects;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.PriceTolerance;
import org.actsandbox.agent.conversation.ConversationEvents;
import org.actsandbox.agent.language.Directive;
import org.actsandbox.agent.language.HotelWish;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.conversation.ConversationEvent;
import org.actsandbox.protocol.conversation.ConversationEventType;
import org.actsandbox.protocol.delegation.ConversationHistory;
import org.actsandbox.protocol.delegation.ConversationHistory.InputMode;
import org.actsandbox.protocol.delegation.ConversationHistory.Turn;
import org.actsandbox.protocol.delegation.DelegationMode;
import org.actsandbox.protocol.delegation.Extension;
import org.actsandbox.protocol.delegation.Extension.AgentBehavior;
import org.actsandbox.protocol.delegation.Extension.Commerce;
import org.actsandbox.protocol.delegation.Extension.Fulfillment;
import org.actsandbox.protocol.delegation.Extension.OnPaymentFailure;
import org.actsandbox.protocol.delegation.Extension.Plan;
import org.actsandbox.protocol.delegation.Extension.PriceDeviationAction;
import org.actsandbox.protocol.delegation.Extension.VendorPrivate;
import org.actsandbox.protocol.delegation.Isr;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Builds the ISR of a directed payment (mode SPECIFIED, ACT ADD-INT-ICS) from what was understood:
 * as narrow as the words allow, with the conversation it came from.
 */
public final class DirectedIsrBuilder {

  /** Ours: two more tries bridge an outage; more would only burden the participant that refuses. */
  static final int RETRIES = 2;

  /**
   * Ours: the number of messages that a principal reads before signing; the rest stays in the
   * conversation.
   */
  private static final int HISTORY_TURNS = 20;

  private static final LocalTime PAYMENTS_BEGIN = LocalTime.of(9, 0);
  private static final String METHOD = "balance";

  private final AgentWorld world;
  private final ConversationEvents conversationEvents;

  public DirectedIsrBuilder(AgentWorld world, ConversationEvents conversationEvents) {
    this.world = world;
    this.conversationEvents = conversationEvents;
  }

  Isr of(String conversation, String intentId, List<Wish> wishes, Directive directive) {
    return of(history(conversation), intentId, wishes, directive);
  }

  /**
   * Builds the ISR for an agent that has the conversation itself.
   *
   * @param history what the principal said
   */
  public Isr of(
      ConversationHistory history, String intentId, List<Wish> wishes, Directive directive) {
    var now = world.now();
    var most = new BigDecimal(Objects.requireNonNull(directive.most()));
    var payments = directive.payments();
    return new Isr(
        history,
        intentId,
        DelegationMode.SPECIFIED,
        now,
        endOfValidity(directive),
        most.multiply(BigDecimal.valueOf(payments)),
        Money.CNY.getCurrencyCode(),
        List.of(METHOD),
        world.agent().value(),
        null,
        null,
        new Extension(
            new Commerce(
                most,
                null,
                wishes.stream().map(wish -> wish.kindOf().code()).distinct().sorted().toList(),
                null,
                null,
                null),
            behavior(),
            fulfilment(wishes),
            new VendorPrivate(
                null, plan(directive, wishes, now), PurchaseTargetMapper.of(wishes, directive))));
  }

  /**
   * Builds the ISR of autonomous payments for services (mode BOUNDED), which are paid from the
   * agent's instrument.
   *
   * @param most highest price of one payment
   * @param until the last day
   */
  public Isr ofServices(
      ConversationHistory history,
      String intentId,
      BigDecimal most,
      BigDecimal total,
      LocalDate until) {
    return new Isr(
        history,
        intentId,
        DelegationMode.BOUNDED,
        world.now(),
        midnightAfter(until),
        total,
        Money.CNY.getCurrencyCode(),
        List.of(METHOD),
        world.agent().value(),
        null,
        null,
        new Extension(
            new Commerce(most, null, List.of(MerchantKind.SERVICE.code()), null, null, null),
            behavior(),
            null,
            null));
  }

  /** Returns the end of the last day. */
  Instant endOfValidity(Directive directive) {
    return midnightAfter(Objects.requireNonNull(directive.until()));
  }

  /** Returns when a payment of the plan is due; without a plan it is {@code now}. */
  Instant paymentTime(Directive directive, int payment, Instant now) {
    var first = directive.first();
    if (first == null) {
      return now;
    }
    var every = directive.every();
    return paymentTimeOn(first)
        .atOffset(java.time.ZoneOffset.UTC)
        .plus(every == null ? java.time.Period.ZERO : every.multipliedBy(payment))
        .toInstant();
  }

  private Instant paymentTimeOn(LocalDate day) {
    return day.atTime(PAYMENTS_BEGIN).atZone(world.zone()).toInstant();
  }

  private Instant midnightAfter(LocalDate day) {
    return day.plusDays(1).atStartOfDay(world.zone()).toInstant();
  }

  /**
   * Plans one payment, or the payments of the directive, so that nothing is bought twice under one
   * authority.
   */
  private @Nullable Plan plan(Directive directive, List<Wish> wishes, Instant now) {
    var first = directive.first();
    if (first == null) {
      return wishes.size() == 1 ? new Plan(now, null, 1) : null;
    }
    return new Plan(paymentTimeOn(first), directive.every(), directive.payments());
  }

  private AgentBehavior behavior() {
    boolean cancels = world.principal().tolerance().beyond() == PriceTolerance.Action.AUTO_CANCEL;
    return new AgentBehavior(
        null,
        cancels ? PriceDeviationAction.AUTO_CANCEL : PriceDeviationAction.PAUSE_AND_NOTIFY,
        OnPaymentFailure.AUTO_RETRY,
        RETRIES);
  }

  /** Requires a fulfilment time only where one requirement holds for all wishes. */
  private @Nullable Fulfillment fulfilment(List<Wish> wishes) {
    if (wishes.size() != 1) {
      return null;
    }
    var requirement =
        switch (wishes.getFirst()) {
          case TrainWish train when train.date() != null ->
              during(train.date(), Objects.requireNonNullElse(train.latestDate(), train.date()));
          case HotelWish hotel when hotel.checkIn() != null ->
              during(hotel.checkIn(), hotel.checkIn());
          case ShopWish shop when shop.deliverBy() != null ->
              "../" + midnightAfter(shop.deliverBy());
          default -> null;
        };
    return requirement == null ? null : new Fulfillment(requirement, null);
  }

  private String during(LocalDate first, LocalDate last) {
    return first.atStartOfDay(world.zone()).toInstant() + "/" + midnightAfter(last);
  }

  private ConversationHistory history(String conversation) {
    var messages =
        conversationEvents.latest(conversation).stream()
            .filter(event -> event.type() == ConversationEventType.MESSAGE)
            .map(DirectedIsrBuilder::turn)
            .toList();
    var last = messages.subList(Math.max(0, messages.size() - HISTORY_TURNS), messages.size());
    return new ConversationHistory(
        Json.tree(last), null, List.of(InputMode.TEXT.name()), conversation);
  }

  private static Turn turn(ConversationEvent message) {
    boolean user = message.data().path("role").asString("").equals("user");
    return new Turn(
        user ? "USER" : "ASSISTANT", message.data().path("text").asString(""), message.at());
  }
}
