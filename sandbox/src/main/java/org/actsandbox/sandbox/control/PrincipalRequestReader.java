package org.actsandbox.sandbox.control;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.actsandbox.agent.PriceTolerance;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.MerchantRoster;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.world.AgentKind;
import org.actsandbox.sandbox.world.PrincipalSettings;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.WorldSettings;
import org.jspecify.annotations.Nullable;

/**
 * Reads one principal of a {@link CreateWorldRequest}; what is absent is as in the default world.
 */
final class PrincipalRequestReader {

  /** Ours: enough for a household and for whoever must keep out of it. */
  static final int MOST_FURTHER = 8;

  private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,22}[a-z0-9])?");
  private static final PrincipalSettings NORMAL = WorldSettings.DEFAULT.principals().getFirst();
  private static final int MAX_TEXT = 200;
  private static final BigDecimal MAX_TOLERANCE = BigDecimal.valueOf(100);
  private static final BigDecimal MAX_AMOUNT = new BigDecimal("1000000000.00");

  /** Where in the order it stands, as refusals say it. */
  private final String at;

  private PrincipalRequestReader(String at) {
    this.at = at;
  }

  static PrincipalSettings first(CreateWorldRequest.@Nullable Principal wished) {
    if (wished == null) {
      return NORMAL;
    }
    if (wished.name() != null && !wished.name().equals(NORMAL.name())) {
      throw invalid(
          "principal.name", "principal, or nothing: further ones have names", wished.name());
    }
    return new PrincipalRequestReader("principal").settings(NORMAL.name(), wished);
  }

  /**
   * @throws Refusal {@code invalid_field} for too many, for a name that is none or is taken, and
   *     for any at all beside a dedicated agent: it has the identity and the keys of one
   *     principal's agent
   */
  static List<PrincipalSettings> further(
      List<CreateWorldRequest.@Nullable Principal> wished, AgentKind agent) {
    if (wished.size() > MOST_FURTHER) {
      throw invalid("principals", "at most " + MOST_FURTHER, wished.size() + " principals");
    }
    if (!wished.isEmpty() && agent == AgentKind.DEDICATED) {
      throw invalid("principals", "none beside a dedicated agent: it serves one principal", "some");
    }
    var all = new ArrayList<PrincipalSettings>();
    for (var each : wished) {
      var order = new PrincipalRequestReader("principals[%d]".formatted(all.size()));
      if (each == null) {
        throw invalid(order.at, "an object with a name", "null");
      }
      all.add(order.settings(order.name(each.name(), all), each));
    }
    return all;
  }

  private String name(@Nullable String wished, List<PrincipalSettings> before) {
    if (wished == null || !NAME.matcher(wished).matches()) {
      throw invalid(
          at + ".name",
          "1 to 24 of a-z, 0-9 and hyphen, no hyphen at the ends",
          String.valueOf(wished));
    }
    var did = Did.of(wished);
    if (isParticipant(did) || before.stream().anyMatch(each -> each.did().equals(did))) {
      throw invalid(at + ".name", "a name that is not taken in the world", wished);
    }
    return wished;
  }

  private static boolean isParticipant(Did did) {
    return Stream.concat(
            Stream.of(World.PRINCIPAL, World.AGENT, World.PSP, World.DELEGATIONS, World.TRUST),
            Stream.concat(
                Stream.of(AgentKind.values()).map(AgentKind::did),
                MerchantRoster.all().stream().map(MerchantProfile::did)))
        .anyMatch(did::equals);
  }

  private PrincipalSettings settings(String name, CreateWorldRequest.Principal wished) {
    return new PrincipalSettings(
        name,
        language(wished.lang()),
        text("home_city", wished.homeCity(), NORMAL.homeCity()),
        text("ship_to", wished.shipTo(), NORMAL.shipTo()),
        amount("balance", wished.balance(), NORMAL.balance()),
        amount("card_limit", wished.cardLimit(), NORMAL.cardLimit()),
        tolerance(wished),
        Boolean.TRUE.equals(wished.askEveryPayment()));
  }

  private PriceTolerance tolerance(CreateWorldRequest.Principal wished) {
    var percent = wished.priceDeviationTolerance();
    if (percent != null
        && (percent.precision() - (long) percent.scale() > 3
            || percent.scale() > 2
            || percent.signum() < 0
            || percent.compareTo(MAX_TOLERANCE) > 0)) {
      throw invalid(at + ".price_deviation_tolerance", "0 to 100 per cent", percent.toString());
    }
    var action = wished.priceDeviationAction();
    return new PriceTolerance(
        percent == null ? NORMAL.tolerance().percent() : percent,
        action == null ? NORMAL.tolerance().beyond() : action(action));
  }

  private PriceTolerance.Action action(String wished) {
    return Stream.of(PriceTolerance.Action.values())
        .filter(each -> each.name().equals(wished))
        .findFirst()
        .orElseThrow(
            () ->
                invalid(at + ".price_deviation_action", "PAUSE_AND_NOTIFY or AUTO_CANCEL", wished));
  }

  private String language(@Nullable String wished) {
    if (wished == null) {
      return NORMAL.language();
    }
    if (!wished.equals("en") && !wished.equals("zh")) {
      throw invalid(at + ".lang", "en or zh", wished);
    }
    return wished;
  }

  private String text(String field, @Nullable String wished, String otherwise) {
    if (wished == null) {
      return otherwise;
    }
    if (wished.isBlank() || wished.length() > MAX_TEXT) {
      throw invalid(at + "." + field, "1 to " + MAX_TEXT + " characters", wished);
    }
    return wished;
  }

  private BigDecimal amount(String field, @Nullable BigDecimal wished, BigDecimal otherwise) {
    if (wished == null) {
      return otherwise;
    }
    // The precision first: setScale on 1E999999999 would fill the memory.
    if (wished.precision() - (long) wished.scale() > 10
        || wished.scale() > 2
        || wished.signum() < 0
        || wished.compareTo(MAX_AMOUNT) > 0) {
      throw invalid(
          at + "." + field, "0.00 to " + MAX_AMOUNT + ", two decimals", wished.toString());
    }
    return wished.setScale(2, RoundingMode.UNNECESSARY);
  }

  static Refusal invalid(String field, String expected, String observed) {
    return new Refusal(Problem.INVALID_FIELD, field + " is not valid")
        .at(field)
        .expected(expected)
        .observed(observed);
  }
}
