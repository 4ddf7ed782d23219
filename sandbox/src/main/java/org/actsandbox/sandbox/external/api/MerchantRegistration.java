package org.actsandbox.sandbox.external.api;

import java.net.URI;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.MerchantLevel;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.sandbox.external.ExternalMerchant;
import org.actsandbox.sandbox.external.KeySource;
import org.actsandbox.sandbox.external.relay.MerchantNetwork;
import org.actsandbox.sandbox.key.ExternalKeys;
import org.actsandbox.sandbox.world.TakenNames;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adds, changes and removes merchants from outside. What a request leaves out comes from what the
 * merchant publishes.
 */
@Component
class MerchantRegistration {

  private final MerchantNetwork network;
  private final MerchantDiscovery discovery;

  MerchantRegistration(MerchantNetwork network, MerchantDiscovery discovery) {
    this.network = network;
    this.discovery = discovery;
  }

  /**
   * Holds a merchant after a change.
   *
   * @param privateJwk the private key, if the sandbox made one just now
   */
  record Registered(ExternalMerchant merchant, @Nullable JsonNode privateJwk) {

    @Override
    public String toString() {
      return "Registered[" + merchant.id() + "]";
    }
  }

  /**
   * Adds a merchant.
   *
   * @throws Refusal {@code invalid_field}, {@code access_restricted}, {@code name_taken}, {@code
   *     limit_exceeded}
   */
  Registered add(World world, ExternalMerchantRequest request) {
    var mistakes = new MistakeCollector();
    if (request.url() == null) {
      mistakes.check(() -> MerchantRequestFields.url(null));
    }
    request.checkValues(mistakes);
    mistakes.refuseAny();
    var url = url(request.url());
    var documents = discovery.documents(world, draft(world, url));
    var id = id(world, request.id() == null ? documents.cardId() : request.id());
    var did = Did.of(id);
    var kind =
        MerchantRequestFields.kind(request.kind() == null ? documents.cardKind() : request.kind());
    var name =
        request.name() == null
            ? cardName(documents, id)
            : MerchantRequestFields.text(request.name());
    var merchant =
        new ExternalMerchant(
            id,
            url,
            kind,
            request.level() == null
                ? level(documents)
                : MerchantRequestFields.level(request.level()),
            MerchantRequestFields.resource(request.resource()),
            name,
            world.clock().instant().truncatedTo(ChronoUnit.MILLIS));
    var publicJwk = request.jwk() == null ? ownKey(documents, did) : request.jwk();
    var source =
        request.jwk() != null
            ? KeySource.GIVEN
            : publicJwk != null ? KeySource.DID_DOCUMENT : KeySource.MADE;
    // Read before anything is stored, so that a key that cannot be used leaves no merchant behind.
    var made = publicJwk == null ? makePair(world, did) : null;
    var key = publicJwk == null ? null : key(world, did, publicJwk);
    world.externalMerchants().add(merchant);
    world
        .externalMerchants()
        .addKey(did, key == null ? pairOf(made).publicKey() : key, source, merchant.addedAt());
    note(
        world,
        merchant,
        JournalEvent.MERCHANT_ADDED,
        Map.of("url", url.toString(), "key", source.code()));
    return new Registered(merchant, made == null ? null : made.privateJwk());
  }

  /**
   * Changes a merchant that takes part.
   *
   * @throws Refusal {@code not_found}, {@code invalid_field}, {@code access_restricted}
   */
  Registered change(World world, String id, ExternalMerchantRequest request) {
    var before = world.externalMerchants().require(id);
    MistakeCollector.checkValues(request);
    if (request.id() != null && !request.id().equals(id)) {
      throw FieldChecks.invalid("id", "no other id than " + id, request.id());
    }
    if (request.jwk() != null && Boolean.TRUE.equals(request.newKey())) {
      throw FieldChecks.invalid("new_key", "either jwk or new_key", "both");
    }
    var after =
        new ExternalMerchant(
            id,
            request.url() == null ? before.url() : url(request.url()),
            request.kind() == null ? before.kind() : MerchantRequestFields.kind(request.kind()),
            request.level() == null ? before.level() : MerchantRequestFields.level(request.level()),
            request.resource() == null
                ? before.resource()
                : MerchantRequestFields.resource(request.resource()),
            request.name() == null ? before.name() : MerchantRequestFields.text(request.name()),
            before.addedAt());
    var made = Boolean.TRUE.equals(request.newKey()) ? makePair(world, before.did()) : null;
    var given = request.jwk() == null ? null : key(world, before.did(), request.jwk());
    world.externalMerchants().update(after);
    var now = world.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    if (made != null) {
      world.externalMerchants().addKey(before.did(), made.pair().publicKey(), KeySource.MADE, now);
    } else if (given != null) {
      world.externalMerchants().addKey(before.did(), given, KeySource.GIVEN, now);
    }
    note(world, after, JournalEvent.MERCHANT_CHANGED, Map.of("url", after.url().toString()));
    return new Registered(after, made == null ? null : made.privateJwk());
  }

  /**
   * Removes a merchant; what it signed remains verifiable.
   *
   * @throws Refusal {@code not_found}
   */
  void remove(World world, String id) {
    var merchant = world.externalMerchants().require(id);
    world.externalMerchants().remove(id, world.clock().instant().truncatedTo(ChronoUnit.MILLIS));
    network.forget(world, id);
    world.webhookEndpoints().removeAllOf(merchant.did());
    note(world, merchant, JournalEvent.MERCHANT_REMOVED, Map.of());
  }

  /** Returns a merchant that is only good for asking its address. */
  private static ExternalMerchant draft(World world, URI url) {
    return new ExternalMerchant(
        ".draft",
        url,
        MerchantKind.SHOP,
        MerchantLevel.GATE,
        "/",
        Text.untranslated("draft"),
        world.clock().instant());
  }

  private URI url(@Nullable String requested) {
    var url = MerchantRequestFields.url(requested);
    if (network.isThisServer(url)) {
      throw new Refusal(Problem.ACCESS_RESTRICTED, "that is the sandbox itself")
          .at("url")
          .expected("the address of a merchant that runs outside of the sandbox")
          .observed(url.toString())
          .remedy("The sandbox's own merchants take part in each world already.");
    }
    if (!network.mayCall(url)) {
      throw new Refusal(Problem.ACCESS_RESTRICTED, "calls to that address are not allowed")
          .at("url")
          .expected(
              "this machine (localhost, 127.0.0.1) while the server is bound to it, or a host named"
                  + " in act.outbound-hosts")
          .observed(url.toString())
          .remedy("Start the server with --set outbound-hosts=" + url.getHost() + ".");
    }
    return url;
  }

  private static String id(World world, @Nullable String requested) {
    if (requested == null) {
      throw new Refusal(Problem.INVALID_FIELD, "the merchant needs an id")
          .at("id")
          .expected("1 to 40 of a-z, 0-9 and hyphen, or an agent card whose agent_id says it");
    }
    MerchantRequestFields.id(requested);
    var did = Did.of(requested);
    if (TakenNames.isInside(world, did) || world.externalAgents().everRegistered().contains(did)) {
      throw new Refusal(Problem.NAME_TAKEN, "a participant of the world has this name")
          .at("id")
          .observed(requested)
          .remedy("Choose another id.");
    }
    return requested;
  }

  private static MerchantLevel level(DiscoveredDocuments documents) {
    return documents.card() != null && documents.catalog()
        ? MerchantLevel.SHOP
        : documents.card() != null ? MerchantLevel.ORDER : MerchantLevel.GATE;
  }

  /** Takes the name from the card; the id if there is none. */
  private static Text cardName(DiscoveredDocuments documents, String id) {
    var card = documents.card();
    var name = card == null ? "" : card.path("name").asString("").strip();
    boolean usable =
        !name.isEmpty()
            && name.length() <= MerchantRequestFields.MAX_NAME
            && name.codePoints().noneMatch(Character::isISOControl);
    return Text.untranslated(usable ? name : id);
  }

  /** Returns the key in the merchant's DID document; null if there is none for this DID. */
  private static @Nullable JsonNode ownKey(DiscoveredDocuments documents, Did did) {
    var document = documents.didDocument();
    return document != null && document.path("id").asString("").equals(did.value())
        ? documents.publishedKey()
        : null;
  }

  /** Reads a public key under the id of the newest key if it is that key, else under the next. */
  private static VerificationKey key(World world, Did did, JsonNode jwk) {
    return ExternalKeys.read(world.externalMerchants().nextKeyId(did), jwk);
  }

  private record MadePair(Ed25519KeyPair pair, ObjectNode privateJwk) {

    @Override
    public String toString() {
      return "MadePair[" + pair + "]";
    }
  }

  private static Ed25519KeyPair pairOf(@Nullable MadePair made) {
    return Optional.ofNullable(made).orElseThrow().pair();
  }

  /**
   * Makes a key pair. It derives from the world's key secret, so that a scripted world has the same
   * keys every time; nothing answers it a second time.
   */
  private static MadePair makePair(World world, Did did) {
    var keyId = world.externalMerchants().nextKeyId(did);
    var seed = world.keys().derived("external merchant " + keyId);
    var pair = new Ed25519KeyPair(keyId, seed);
    var jwk = (ObjectNode) Json.parse(pair.publicKey().jwk());
    jwk.put("d", Base64.getUrlEncoder().withoutPadding().encodeToString(seed));
    return new MadePair(pair, jwk);
  }

  private static void note(
      World world, ExternalMerchant merchant, JournalEvent event, Map<String, String> data) {
    world
        .journal()
        .note(
            new JournalNote(merchant.did().value(), JournalNote.Kind.STATE, event, Map.of(), data));
  }
}
