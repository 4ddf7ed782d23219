package org.actsandbox.sandbox.control;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.actsandbox.agent.PriceTolerance;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.mutant.Mutants;
import org.actsandbox.sandbox.world.AgentKind;
import org.actsandbox.sandbox.world.WorldSettings;
import org.actsandbox.sandbox.world.Worlds;
import org.jspecify.annotations.Nullable;

/**
 * What comes in for a new world; everything may be absent.
 *
 * @param agent platform or dedicated, see {@link AgentKind}
 * @param mutants names of {@code GET /api/mutants}, put in the place of honest participants
 */
record WorldOrder(
    @Nullable String name,
    @Nullable String seed,
    @Nullable ClockOrder clock,
    @Nullable Principal principal,
    @Nullable String agent,
    @Nullable List<String> mutants) {

  static final WorldOrder PLAIN = new WorldOrder(null, null, null, null, null, null);

  private static final int MAX_TEXT = 200;
  private static final BigDecimal MAX_TOLERANCE = BigDecimal.valueOf(100);
  private static final BigDecimal MAX_AMOUNT = new BigDecimal("1000000000.00");

  /**
   * @param balance decimal string, CNY
   * @param cardLimit decimal string, CNY
   * @param priceDeviationTolerance per cent, see {@link PriceTolerance}
   * @param priceDeviationAction PAUSE_AND_NOTIFY or AUTO_CANCEL
   * @param askEveryPayment confirm also what was delegated
   */
  record Principal(
      @Nullable String lang,
      @Nullable String homeCity,
      @Nullable String shipTo,
      @Nullable BigDecimal balance,
      @Nullable BigDecimal cardLimit,
      @Nullable BigDecimal priceDeviationTolerance,
      @Nullable String priceDeviationAction,
      @Nullable Boolean askEveryPayment) {}

  Worlds.NewWorld newWorld(Instant machine) {
    return clock == null
        ? new Worlds.NewWorld(name, seed, settings())
        : new Worlds.NewWorld(name, seed, settings(), clock.state(machine));
  }

  private WorldSettings settings() {
    var settings = agent == null ? owned() : owned().with(kind(agent));
    return mutants == null ? settings : settings.with(Mutants.checked(mutants));
  }

  private static AgentKind kind(String wished) {
    return AgentKind.ofCode(wished)
        .orElseThrow(() -> invalid("agent", "platform or dedicated", wished));
  }

  private WorldSettings owned() {
    var normal = WorldSettings.DEFAULT;
    if (principal == null) {
      return normal;
    }
    return new WorldSettings(
        language(principal.lang(), normal.language()),
        text("principal.home_city", principal.homeCity(), normal.homeCity()),
        text("principal.ship_to", principal.shipTo(), normal.shipTo()),
        amount("principal.balance", principal.balance(), normal.balance()),
        amount("principal.card_limit", principal.cardLimit(), normal.cardLimit()),
        normal.mutants(),
        tolerance(principal, normal.tolerance()),
        principal.askEveryPayment(),
        null,
        null);
  }

  private static PriceTolerance tolerance(Principal principal, PriceTolerance otherwise) {
    var percent = principal.priceDeviationTolerance();
    if (percent != null
        && (percent.precision() - (long) percent.scale() > 3
            || percent.scale() > 2
            || percent.signum() < 0
            || percent.compareTo(MAX_TOLERANCE) > 0)) {
      throw invalid("principal.price_deviation_tolerance", "0 to 100 per cent", percent.toString());
    }
    var action = principal.priceDeviationAction();
    return new PriceTolerance(
        percent == null ? otherwise.percent() : percent,
        action == null ? otherwise.beyond() : action(action));
  }

  private static PriceTolerance.Action action(String wished) {
    return Stream.of(PriceTolerance.Action.values())
        .filter(each -> each.name().equals(wished))
        .findFirst()
        .orElseThrow(
            () ->
                invalid(
                    "principal.price_deviation_action", "PAUSE_AND_NOTIFY or AUTO_CANCEL", wished));
  }

  private static String language(@Nullable String wished, String otherwise) {
    if (wished == null) {
      return otherwise;
    }
    if (!wished.equals("en") && !wished.equals("zh")) {
      throw invalid("principal.lang", "en or zh", wished);
    }
    return wished;
  }

  private static String text(String field, @Nullable String wished, String otherwise) {
    if (wished == null) {
      return otherwise;
    }
    if (wished.isBlank() || wished.length() > MAX_TEXT) {
      throw invalid(field, "1 to " + MAX_TEXT + " characters", wished);
    }
    return wished;
  }

  private static BigDecimal amount(
      String field, @Nullable BigDecimal wished, BigDecimal otherwise) {
    if (wished == null) {
      return otherwise;
    }
    // The precision first: setScale on 1E999999999 would fill the memory.
    if (wished.precision() - (long) wished.scale() > 10
        || wished.scale() > 2
        || wished.signum() < 0
        || wished.compareTo(MAX_AMOUNT) > 0) {
      throw invalid(field, "0.00 to " + MAX_AMOUNT + ", two decimals", wished.toString());
    }
    return wished.setScale(2, RoundingMode.UNNECESSARY);
  }

  private static Refusal invalid(String field, String expected, String observed) {
    return new Refusal(Problem.INVALID_FIELD, field + " is not valid")
        .at(field)
        .expected(expected)
        .observed(observed);
  }
}
