package org.actsandbox.sandbox.knowledge;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.MerchantRoster;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.sandbox.world.World;

/** Lists the kinds of participants, by which the knowledge policy says what each may know. */
public enum ParticipantKind {
  YOU,
  AGENT,
  PSP,
  DELEGATIONS,
  TRUST,
  /** The credit service, which alone makes statements about principals. */
  CREDIT,
  /** The issuer and the verifier of association credentials. */
  ASSOCIATION,
  MERCHANT,
  /** A merchant that arranges no journey. */
  SHOP,
  /** A seller agent that works on its input, which is the principal's own text. */
  SELLER,
  /** The operator, strangers and the sandbox itself, which take no part in a purchase. */
  OUTSIDER;

  private static final Map<String, ParticipantKind> MERCHANTS =
      MerchantRoster.all().stream()
          .collect(
              Collectors.toUnmodifiableMap(
                  merchant -> merchant.did().value(), ParticipantKind::of));

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public boolean sells() {
    return this == MERCHANT || this == SHOP || this == SELLER;
  }

  public static ParticipantKind of(String did) {
    if (did.equals(World.PRINCIPAL.value())) {
      return YOU;
    }
    if (did.equals(World.PSP.value())) {
      return PSP;
    }
    if (did.equals(World.DELEGATIONS.value())) {
      return DELEGATIONS;
    }
    if (did.equals(World.TRUST.value())) {
      return TRUST;
    }
    if (did.equals(World.CREDIT.value())) {
      return CREDIT;
    }
    if (did.equals(World.CREDIT_ISSUER.value()) || did.equals(World.CREDIT_VERIFIER.value())) {
      return ASSOCIATION;
    }
    if (!did.startsWith("did:act:") || did.equals("did:act:sandbox")) {
      return OUTSIDER;
    }
    return MERCHANTS.getOrDefault(did, AGENT);
  }

  private static ParticipantKind of(MerchantProfile merchant) {
    return of(merchant.kind());
  }

  static ParticipantKind of(MerchantKind kind) {
    return kind.isTravel() ? MERCHANT : kind.hasOffers() ? SHOP : SELLER;
  }
}
