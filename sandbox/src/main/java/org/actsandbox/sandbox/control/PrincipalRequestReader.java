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
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.MistakeCollector;
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

  private final MistakeCollector mistakes;

  private PrincipalRequestReader(String at, MistakeCollector mistakes) {
    this.at = at;
    this.mistakes = mistakes;
  }

  static PrincipalSettings first(
      CreateWorldRequest.@Nullable Principal requested, MistakeCollector mistakes) {
    if (requested == null) {
      return DEFAULTS;
    }
    mistakes.check(
        () -> {
          if (requested.name() != null && !requested.name().equals(DEFAULTS.name())) {
            throw FieldChecks.invalid(
                "principal.name",
                "principal, or nothing: further ones have names",
                requested.name());
          }
        });
    return new PrincipalRequestReader("principal", mistakes).settings(DEFAULTS.name(), requested);
  }

  /**
   * Reads the further principals.
   *
   * @throws Refusal {@code invalid_field} for too many, for a name that is malformed or taken, and
   *     for any beside a dedicated agent, which has the identity and keys of one principal's agent
   */
  static List<PrincipalSettings> further(
      List<CreateWorldRequest.@Nullable Principal> requested,
      AgentKind agent,
      MistakeCollector mistakes) {
    if (requested.size() > MAX_FURTHER) {
      throw FieldChecks.invalid(
          "principals", "at most " + MAX_FURTHER, requested.size() + " principals");
    }
    if (!requested.isEmpty() && agent == AgentKind.DEDICATED) {
      throw FieldChecks.invalid(
          "principals", "none beside a dedicated agent: it serves one principal", "some");
    }
    var all = new ArrayList<PrincipalSettings>();
    for (var each : requested) {
      var order = new PrincipalRequestReader("principals[%d]".formatted(all.size()), mistakes);
      if (each == null) {
        throw FieldChecks.invalid(order.at, "an object with a name", "null");
      }
      var name = mistakes.value(() -> order.name(each.name(), all), DEFAULTS.name());
      all.add(order.settings(name, each));
    }
    return all;
  }

  private String name(@Nullable String requested, List<PrincipalSettings> before) {
    if (requested == null || !NAME.matcher(requested).matches()) {
      throw FieldChecks.invalid(
          at + ".name", "1 to 24 of a-z, 0-9 and hyphen, no hyphen at the ends", requested);
    }
    var did = Did.of(requested);
    if (isParticipant(did) || before.stream().anyMatch(each -> each.did().equals(did))) {
      throw FieldChecks.invalid(at + ".name", "a name that is not taken in the world", requested);
    }
    return requested;
  }

  private static boolean isParticipant(Did did) {
    return Stream.concat(
            Stream.concat(Stream.of(World.PRINCIPAL, World.AGENT), World.services().stream()),
            Stream.concat(
                Stream.of(AgentKind.values()).map(AgentKind::did),
                MerchantRoster.all().stream().map(MerchantProfile::did)))
        .anyMatch(did::equals);
  }

  private PrincipalSettings settings(String name, CreateWorldRequest.Principal requested) {
    return new PrincipalSettings(
        name,
        mistakes.value(() -> language(requested.language()), DEFAULTS.language()),
        text("home_city", requested.homeCity(), DEFAULTS.homeCity()),
        text("ship_to", requested.shipTo(), DEFAULTS.shipTo()),
        amount("balance", requested.balance(), DEFAULTS.balance()),
        amount("card_limit", requested.cardLimit(), DEFAULTS.cardLimit()),
        mistakes.value(() -> tolerance(requested), DEFAULTS.tolerance()),
        Boolean.TRUE.equals(requested.askEveryPayment()));
  }

  private PriceTolerance tolerance(CreateWorldRequest.Principal requested) {
    var percent = requested.priceDeviationTolerance();
    if (percent != null
        && (percent.precision() - (long) percent.scale() > 3
            || percent.scale() > 2
            || percent.signum() < 0
            || percent.compareTo(MAX_TOLERANCE) > 0)) {
      throw FieldChecks.invalid(
          at + ".price_deviation_tolerance", "0 to 100 per cent", percent.toString());
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
                FieldChecks.invalid(
                    at + ".price_deviation_action", "PAUSE_AND_NOTIFY or AUTO_CANCEL", requested));
  }

  private String language(@Nullable String requested) {
    if (requested == null) {
      return DEFAULTS.language();
    }
    if (!requested.equals("en") && !requested.equals("zh")) {
      throw FieldChecks.invalid(at + ".language", "en or zh", requested);
    }
    return requested;
  }

  private String text(String field, @Nullable String requested, String defaultValue) {
    return requested == null
        ? defaultValue
        : mistakes.value(() -> checkedText(field, requested), defaultValue);
  }

  private String checkedText(String field, String requested) {
    if (requested.isBlank() || requested.length() > MAX_TEXT) {
      throw FieldChecks.invalid(at + "." + field, "1 to " + MAX_TEXT + " characters", requested);
    }
    return requested;
  }

  private BigDecimal amount(String field, @Nullable String requested, BigDecimal defaultValue) {
    return requested == null
        ? defaultValue
        : mistakes.value(() -> checkedAmount(field, requested), defaultValue);
  }

  private BigDecimal checkedAmount(String field, String requested) {
    var expected = "a text from 0.00 to " + MAX_AMOUNT + ", two decimals";
    BigDecimal amount;
    try {
      amount = new BigDecimal(requested);
    } catch (NumberFormatException noNumber) {
      throw FieldChecks.invalid(at + "." + field, expected, requested);
    }
    // The precision is checked first, because setScale on 1E999999999 would fill the memory.
    if (amount.precision() - (long) amount.scale() > 10
        || amount.scale() > 2
        || amount.signum() < 0
        || amount.compareTo(MAX_AMOUNT) > 0) {
      throw FieldChecks.invalid(at + "." + field, expected, requested);
    }
    return amount.setScale(2, RoundingMode.UNNECESSARY);
  }
}
