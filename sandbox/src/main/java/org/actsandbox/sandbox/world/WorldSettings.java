package org.actsandbox.sandbox.world;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.actsandbox.agent.PriceTolerance;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.Roster;
import org.actsandbox.protocol.identity.Did;
import org.jspecify.annotations.Nullable;

/**
 * What differs between worlds besides the seed: who the principals are, what they own at the start,
 * which merchants take part, and which participants are defective stand-ins. The first principal's
 * stand flat, as in rows of before there could be more.
 *
 * @param language {@code en} or {@code zh}; the world's own, too
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
 * @param further principals besides the first; empty in most worlds, and absent in older rows
 * @param merchants ids of those who take part; empty for all there are, and absent in older rows
 * @param model what the buyer agent speaks with; absent in older rows
 * @param proofVerification how merchants verify proofs; absent in older rows
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
    @Nullable ClockStart clock,
    List<PrincipalSettings> further,
    List<String> merchants,
    ModelChoice model,
    ProofVerification proofVerification) {

  public static final WorldSettings DEFAULT =
      of(
          new PrincipalSettings(
              "principal",
              "en",
              "Hangzhou",
              "Wensan Road 90, Xihu District, Hangzhou",
              new BigDecimal("20000.00"),
              new BigDecimal("50000.00"),
              PriceTolerance.NONE,
              false));

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
      @Nullable ClockStart clock,
      @Nullable List<PrincipalSettings> further,
      @Nullable List<String> merchants,
      @Nullable ModelChoice model,
      @Nullable ProofVerification proofVerification) {
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
    this.further = further == null ? List.of() : List.copyOf(further);
    this.merchants = merchants == null ? List.of() : List.copyOf(merchants);
    this.model = model == null ? ModelChoice.CONFIGURED : model;
    this.proofVerification =
        proofVerification == null ? ProofVerification.ONLINE : proofVerification;
  }

  /** An honest world of one principal on the machine's time. */
  public static WorldSettings of(PrincipalSettings first) {
    return new WorldSettings(
        first.language(),
        first.homeCity(),
        first.shipTo(),
        first.balance(),
        first.cardLimit(),
        List.of(),
        first.tolerance(),
        first.asksEveryPayment(),
        AgentKind.PLATFORM,
        null,
        List.of(),
        List.of(),
        ModelChoice.CONFIGURED,
        ProofVerification.ONLINE);
  }

  /** All of them, the first one first. */
  public List<PrincipalSettings> principals() {
    return Stream.concat(Stream.of(first()), further.stream()).toList();
  }

  /**
   * @throws IllegalArgumentException when it is none of this world's
   */
  public PrincipalSettings of(Did principal) {
    return principals().stream()
        .filter(each -> each.did().equals(principal))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(principal + " is no principal here"));
  }

  private PrincipalSettings first() {
    return new PrincipalSettings(
        World.PRINCIPAL.name(),
        language,
        homeCity,
        shipTo,
        balance,
        cardLimit,
        tolerance,
        asksEveryPayment);
  }

  /** Those who take part, in the order of the roster. */
  public List<MerchantProfile> roster() {
    return merchants.isEmpty()
        ? Roster.all()
        : Roster.all().stream().filter(each -> merchants.contains(each.id())).toList();
  }

  /** The merchant of this name, if it takes part. */
  public Optional<MerchantProfile> merchant(Did did) {
    return roster().stream().filter(each -> each.did().equals(did)).findFirst();
  }

  /** Likewise, with these stand-ins. */
  public WorldSettings with(List<String> standIns) {
    return copy(standIns, agentKind, clock, further, merchants, model, proofVerification);
  }

  /** Likewise, with this buyer agent. */
  public WorldSettings with(AgentKind kind) {
    return copy(mutants, kind, clock, further, merchants, model, proofVerification);
  }

  /** Likewise, with these principals besides the first. */
  public WorldSettings besides(List<PrincipalSettings> others) {
    return copy(mutants, agentKind, clock, others, merchants, model, proofVerification);
  }

  /** Likewise, with these merchants and no others. */
  public WorldSettings among(List<String> merchantIds) {
    return copy(mutants, agentKind, clock, further, merchantIds, model, proofVerification);
  }

  /** Likewise, with the buyer agent on this model. */
  public WorldSettings with(ModelChoice choice) {
    return copy(mutants, agentKind, clock, further, merchants, choice, proofVerification);
  }

  /** The same, with merchants that verify proofs so. */
  public WorldSettings with(ProofVerification verification) {
    return copy(mutants, agentKind, clock, further, merchants, model, verification);
  }

  /** Likewise, with the clock starting so. */
  WorldSettings startingAt(@Nullable ClockStart start) {
    return copy(mutants, agentKind, start, further, merchants, model, proofVerification);
  }

  private WorldSettings copy(
      List<String> standIns,
      AgentKind kind,
      @Nullable ClockStart start,
      List<PrincipalSettings> others,
      List<String> merchantIds,
      ModelChoice speaksWith,
      ProofVerification verification) {
    return new WorldSettings(
        language,
        homeCity,
        shipTo,
        balance,
        cardLimit,
        standIns,
        tolerance,
        asksEveryPayment,
        kind,
        start,
        others,
        merchantIds,
        speaksWith,
        verification);
  }
}
