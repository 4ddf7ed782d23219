package org.actsandbox.agent;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.actsandbox.agent.connected.ConnectedAgents;
import org.actsandbox.protocol.attestation.Attestations;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.MerchantLevel;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.delegation.boundary.BoundaryCheck;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.journal.Journal;
import org.actsandbox.protocol.time.BackgroundTurns;
import org.actsandbox.protocol.time.IdGenerator;
import org.actsandbox.protocol.time.WakeUpSchedule;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds everything that the buyer agent needs of its world, for one of its principals: addresses,
 * public keys and its own signer, and no secret of another participant.
 *
 * @param partition first key column of every row; opaque to domain code
 * @param agenda tells whether the clock stands still, so that platforms are asked one by one
 * @param backgroundTurns the registry of turns that go on by themselves
 * @param dedicatedKeys the dedicated keys by the id of the sub-account
 * @param apiKey the agent's own role key, sent to the payment service and with cancellations
 * @param platforms the merchants that the agent knows at the moment
 * @param masking takes PINs, keys and card numbers out of sentences; it returns the same text when
 *     there are none
 * @param connectedAgents the agents of others to which it passes on what its principal says
 */
public record AgentWorld(
    String partition,
    InstantSource clock,
    ZoneId zone,
    JdbcClient jdbc,
    IdGenerator ids,
    Journal journal,
    WakeUpSchedule agenda,
    BackgroundTurns backgroundTurns,
    Signer signer,
    Function<String, DedicatedKey> dedicatedKeys,
    KeyDirectory keys,
    OutboundClient outbound,
    Supplier<String> apiKey,
    Supplier<List<Platform>> platforms,
    Psp psp,
    Delegations delegations,
    Credit credit,
    PrincipalProfile principal,
    Attestations attestations,
    UnaryOperator<String> masking,
    ConnectedAgents connectedAgents) {

  /**
   * The key of one sub-account (ACT PSD-2); the private half stays with the key service.
   *
   * @param jwk the public half, as the payment service receives it
   */
  public record DedicatedKey(Signer signer, String jwk) {}

  /**
   * Holds the delegation service, and what the agent knows about authority by itself.
   *
   * @param service the participant that signs status lists, changes and decisions
   * @param base such as {@code http://localhost:8080/w/demo/delegations}, without a slash at the
   *     end
   * @param principal the principal that the agent acts for here; a platform agent acts for many
   * @param forSeveral whether the agent acts for other principals, too; then every request names
   *     its principal
   * @param boundaries the agent's own check before it requests a payment (CID-6)
   */
  public record Delegations(
      Did service, URI base, Did principal, boolean forSeveral, BoundaryCheck boundaries) {

    /** Makes the delegations of an agent with one principal. */
    public Delegations(Did service, URI base, Did principal, BoundaryCheck boundaries) {
      this(service, base, principal, false, boundaries);
    }

    public URI at(String path) {
      return URI.create(base + path);
    }
  }

  /**
   * Holds the payment service.
   *
   * @param base such as {@code http://localhost:8080/w/demo/psp}, without a slash at the end
   * @param alipayCashier where bills in Alipay's form are paid
   * @param alipayAccount the number by which that cashier knows the principal
   */
  public record Psp(Did did, URI base, URI alipayCashier, String alipayAccount) {

    public URI at(String path) {
      return URI.create(base + path);
    }
  }

  /**
   * Holds where the agent finds its credentials of credit association and who may ask about them.
   *
   * @param issuer such as {@code http://localhost:8080/w/demo/credit-issuer}
   * @param verifier such as {@code http://localhost:8080/w/demo/credit-verifier}
   */
  public record Credit(URI issuer, URI verifier) {}

  /** Returns a copy that sends its calls another way. */
  public AgentWorld withOutbound(OutboundClient other) {
    return copy(other, delegations, principal);
  }

  /** Returns a copy with other delegations. */
  public AgentWorld withDelegations(Delegations others) {
    return copy(outbound, others, principal);
  }

  /** Returns a copy with another principal profile. */
  public AgentWorld withPrincipalProfile(PrincipalProfile other) {
    return copy(outbound, delegations, other);
  }

  private AgentWorld copy(
      OutboundClient newOutbound, Delegations newDelegations, PrincipalProfile newPrincipal) {
    return new AgentWorld(
        partition,
        clock,
        zone,
        jdbc,
        ids,
        journal,
        agenda,
        backgroundTurns,
        signer,
        dedicatedKeys,
        keys,
        newOutbound,
        apiKey,
        platforms,
        psp,
        newDelegations,
        credit,
        newPrincipal,
        attestations,
        masking,
        connectedAgents);
  }

  /** Returns the current moment, in the precision in which everything here is stored and signed. */
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  public ZonedDateTime localNow() {
    return now().atZone(zone);
  }

  /** Returns the principal for whom everything here is done. */
  public Did principalDid() {
    return delegations.principal();
  }

  /**
   * Returns the query that asks for this principal's things alone; it is empty when the agent has
   * only one principal.
   */
  public String principalQuery() {
    return delegations.forSeveral() ? "?principal_id=" + principalDid() : "";
  }

  /** Adds the principal to a message, when the agent has several. */
  public void addPrincipal(ObjectNode message) {
    if (delegations.forSeveral()) {
      message.put("principal_id", principalDid().value());
    }
  }

  public Did agent() {
    return signer.did();
  }

  /** Returns the platforms of the kind that answer intents. */
  public List<Platform> platforms(MerchantKind merchantKind) {
    return platforms(MerchantLevel.SHOP).stream()
        .filter(platform -> platform.kind() == merchantKind)
        .toList();
  }

  /** Returns the platforms that speak exactly so much of the protocol. */
  public List<Platform> platforms(MerchantLevel level) {
    return platforms.get().stream().filter(platform -> platform.level() == level).toList();
  }

  /** Returns the name by which people know the merchant; the id of an unknown merchant. */
  public Text nameOf(String merchantId) {
    return platform(merchantId).map(Platform::name).orElse(Text.untranslated(merchantId));
  }

  public Optional<Platform> platform(String id) {
    return platforms.get().stream().filter(platform -> platform.id().equals(id)).findFirst();
  }
}
