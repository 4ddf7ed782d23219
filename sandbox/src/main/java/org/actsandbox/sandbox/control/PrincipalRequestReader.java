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
 * Reads the principals of a {@link CreateWorldRequest}; absent fields have the values of the
 * default world.
 */
final class PrincipalRequestReader {

  /** Ours: limit of further principals; it suffices for a household and for a few strangers. */
  static final int MAX_FURTHER = 8;

  private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,22}[a-z0-9])?");
  private static final PrincipalSettings DEFAULTS = WorldSettings.DEFAULT.principals().getFirst();
  private static final int MAX_TEXT = 200;
  private static final BigDecimal MAX_TOLERANCE = BigDecimal.valueOf(100);
  private static final BigDecimal MAX_AMOUNT = new BigDecimal("1000000000.00");

  /** Path of the principal in the request, for refusals. */
  private final String at;

  private PrincipalRequestReader(String at) {
    this.at = at;
  }

  static PrincipalSettings first(CreateWorldRequest.@Nullable Principal requested) {
    if (requested == null) {
      return DEFAULTS;
    }
    if (requested.name() != null && !requested.name().equals(DEFAULTS.name())) {
      throw invalid(
          "principal.name", "principal, or nothing: further ones have names", requested.name());
    }
    return new PrincipalRequestReader("principal").settings(DEFAULTS.name(), requested);
  }

  /**
   * Reads the further principals.
   *
   * @throws Refusal {@code invalid_field} for too many, for a name that is malformed or taken, and
   *     for any beside a dedicated agent, which has the identity and keys of one principal's agent
   */
  static List<PrincipalSettings> further(
      List<CreateWorldRequest.@Nullable Principal> requested, AgentKind agent) {
    if (requested.size() > MAX_FURTHER) {
      throw invalid("principals", "at most " + MAX_FURTHER, requested.size() + " principals");
    }
    if (!requested.isEmpty() && agent == AgentKind.DEDICATED) {
      throw invalid("principals", "none beside a dedicated agent: it serves one principal", "some");
    }
    var all = new ArrayList<PrincipalSettings>();
    for (var each : requested) {
      var order = new PrincipalRequestReader("principals[%d]".formatted(all.size()));
      if (each == null) {
        throw invalid(order.at, "an object with a name", "null");
      }
      all.add(order.settings(order.name(each.name(), all), each));
    }
    return all;
  }

  private String name(@Nullable String requested, List<PrincipalSettings> before) {
    if (requested == null || !NAME.matcher(requested).matches()) {
      throw invalid(
          at + ".name",
          "1 to 24 of a-z, 0-9 and hyphen, no hyphen at the ends",
          String.valueOf(requested));
    }
    var did = Did.of(requested);
    if (isParticipant(did) || before.stream().anyMatch(each -> each.did().equals(did))) {
      throw invalid(at + ".name", "a name that is not taken in the world", requested);
    }
    return requested;
  }

  private static boolean isParticipant(Did did) {
    return Stream.concat(
            Stream.of(World.PRINCIPAL, World.AGENT, World.PSP, World.DELEGATIONS, World.TRUST),
            Stream.concat(
                Stream.of(AgentKind.values()).map(AgentKind::did),
                MerchantRoster.all().stream().map(MerchantProfile::did)))
        .anyMatch(did::equals);
  }

  private PrincipalSettings settings(String name, CreateWorldRequest.Principal requested) {
    return new PrincipalSettings(
        name,
        language(requested.lang()),
        text("home_city", requested.homeCity(), DEFAULTS.homeCity()),
        text("ship_to", requested.shipTo(), DEFAULTS.shipTo()),
        amount("balance", requested.balance(), DEFAULTS.balance()),
        amount("card_limit", requested.cardLimit(), DEFAULTS.cardLimit()),
        tolerance(requested),
        Boolean.TRUE.equals(requested.askEveryPayment()));
  }

  private PriceTolerance tolerance(CreateWorldRequest.Principal requested) {
    var percent = requested.priceDeviationTolerance();
    if (percent != null
        && (percent.precision() - (long) percent.scale() > 3
            || percent.scale() > 2
            || percent.signum() < 0
            || percent.compareTo(MAX_TOLERANCE) > 0)) {
      throw invalid(at + ".price_deviation_tolerance", "0 to 100 per cent", percent.toString());
    }
    var action = requested.priceDeviationAction();
    return new PriceTolerance(
        percent == null ? DEFAULTS.tolerance().percent() : percent,
        action == null ? DEFAULTS.tolerance().beyond() : action(action));
  }

  private PriceTolerance.Action action(String requested) {
    return Stream.of(PriceTolerance.Action.values())
        .filter(each -> each.name().equals(requested))
        .findFirst()
        .orElseThrow(
            () ->
                invalid(
                    at + ".price_deviation_action", "PAUSE_AND_NOTIFY or AUTO_CANCEL", requested));
  }

  private String language(@Nullable String requested) {
    if (requested == null) {
      return DEFAULTS.language();
    }
    if (!requested.equals("en") && !requested.equals("zh")) {
      throw invalid(at + ".lang", "en or zh", requested);
    }
    return requested;
  }

  private String text(String field, @Nullable String requested, String defaultValue) {
    if (requested == null) {
      return defaultValue;
    }
    if (requested.isBlank() || requested.length() > MAX_TEXT) {
      throw invalid(at + "." + field, "1 to " + MAX_TEXT + " characters", requested);
    }
    return requested;
  }

  private BigDecimal amount(String field, @Nullable BigDecimal requested, BigDecimal defaultValue) {
    if (requested == null) {
      return defaultValue;
    }
    // The precision is checked first, because setScale on 1E999999999 would fill the memory.
    if (requested.precision() - (long) requested.scale() > 10
        || requested.scale() > 2
        || requested.signum() < 0
        || requested.compareTo(MAX_AMOUNT) > 0) {
      throw invalid(
          at + "." + field, "0.00 to " + MAX_AMOUNT + ", two decimals", requested.toString());
    }
    return requested.setScale(2, RoundingMode.UNNECESSARY);
  }

  static Refusal invalid(String field, String expected, String observed) {
    return new Refusal(Problem.INVALID_FIELD, field + " is not valid")
        .at(field)
        .expected(expected)
        .observed(observed);
  }
}
