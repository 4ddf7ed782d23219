package org.actsandbox.sandbox.world;

import java.math.BigDecimal;
import java.util.List;
import org.actsandbox.agent.PriceTolerance;
import org.jspecify.annotations.Nullable;

/**
 * What differs between worlds besides the seed: who the principal is, what it owns at the start,
 * and which participants are defective stand-ins.
 *
 * @param language {@code en} or {@code zh}
 * @param homeCity where trips start when the sentence does not say
 * @param shipTo where parcels go
 * @param balance start balance of the wallet in CNY
 * @param cardLimit what the bound card can pay in CNY
 * @param mutants names from {@code sandbox.mutant.Mutants}, in the order they are put on; empty in
 *     an honest world, and absent in rows of before there were any
 * @param tolerance for prices that rise before a cart is confirmed; absent in older rows as well
 * @param asksEveryPayment until the principal says otherwise: what was delegated is confirmed too
 * @param agentKind whose the buyer agent is; absent in older rows
 * @param clock how the clock starts, also after a reset; null for the machine's time, and in older
 *     rows
 */
public record WorldSettings(
    String language,
    String homeCity,
    String shipTo,
    BigDecimal balance,
    BigDecimal cardLimit,
    List<String> mutants,
    PriceTolerance tolerance,
    Boolean asksEveryPayment,
    AgentKind agentKind,
    @Nullable ClockStart clock) {

  public static final WorldSettings DEFAULT =
      new WorldSettings(
          "en",
          "Hangzhou",
          "Wensan Road 90, Xihu District, Hangzhou",
          new BigDecimal("20000.00"),
          new BigDecimal("50000.00"),
          List.of(),
          PriceTolerance.NONE,
          false,
          AgentKind.PLATFORM,
          null);

  public WorldSettings(
      String language,
      String homeCity,
      String shipTo,
      BigDecimal balance,
      BigDecimal cardLimit,
      @Nullable List<String> mutants,
      @Nullable PriceTolerance tolerance,
      @Nullable Boolean asksEveryPayment,
      @Nullable AgentKind agentKind,
      @Nullable ClockStart clock) {
    this.language = language;
    this.homeCity = homeCity;
    this.shipTo = shipTo;
    this.balance = balance;
    this.cardLimit = cardLimit;
    this.mutants = mutants == null ? List.of() : List.copyOf(mutants);
    this.tolerance = tolerance == null ? PriceTolerance.NONE : tolerance;
    this.asksEveryPayment = asksEveryPayment != null && asksEveryPayment;
    this.agentKind = agentKind == null ? AgentKind.PLATFORM : agentKind;
    this.clock = clock;
  }

  /** Likewise, with these stand-ins. */
  public WorldSettings with(List<String> standIns) {
    return new WorldSettings(
        language,
        homeCity,
        shipTo,
        balance,
        cardLimit,
        standIns,
        tolerance,
        asksEveryPayment,
        agentKind,
        clock);
  }

  /** Likewise, with this buyer agent. */
  public WorldSettings with(AgentKind kind) {
    return new WorldSettings(
        language,
        homeCity,
        shipTo,
        balance,
        cardLimit,
        mutants,
        tolerance,
        asksEveryPayment,
        kind,
        clock);
  }

  /** Likewise, with the clock starting so. */
  WorldSettings startingAt(@Nullable ClockStart start) {
    return new WorldSettings(
        language,
        homeCity,
        shipTo,
        balance,
        cardLimit,
        mutants,
        tolerance,
        asksEveryPayment,
        agentKind,
        start);
  }
}
