package org.actsandbox.sandbox.alipay.app;

import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.alipay.key.KeyTextException;
import org.actsandbox.alipay.key.RsaKeyText;
import org.actsandbox.alipay.key.RsaKeyWriter;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.alipay.app.AlipayApp.AppKey;
import org.actsandbox.sandbox.alipay.app.AlipayApp.OwnerKind;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Registers applications and their public keys. A private key that is pasted is refused and kept
 * nowhere; the platform's key is refused where the application's belongs (AIP-228, AIP-230).
 */
@Component
public class AppRegistration {

  /** The word with which a request asks the sandbox to make the pair. */
  static final String MAKE = "make";

  private static final int MAX_KEY_TEXT = 20_000;
  private static final int MAX_NAME = 60;
  private static final int MIN_BITS = 2048;

  private final AlipayApps apps;
  private final PlatformKey platformKey;

  AppRegistration(AlipayApps apps, PlatformKey platformKey) {
    this.apps = apps;
    this.platformKey = platformKey;
  }

  /**
   * Holds an application after a change.
   *
   * @param made the private key, if the sandbox made one just now; it is kept nowhere
   */
  public record RegisteredApp(AlipayApp app, Optional<RSAPrivateCrtKey> made) {

    @Override
    public String toString() {
      return "RegisteredApp[" + app.appId() + "]";
    }
  }

  private record KeyChoice(AppKey key, Optional<RSAPrivateCrtKey> made) {

    @Override
    public String toString() {
      return "KeyChoice[" + key.fingerprint() + "]";
    }
  }

  /**
   * Adds an application.
   *
   * @param owner id or DID of a merchant or an agent of the world
   * @param publicKey the application's public key, {@code make} for a pair of the sandbox's, or
   *     null for an application that has none yet
   * @throws Refusal {@code invalid_field}, {@code limit_exceeded}
   */
  public RegisteredApp add(
      World world, @Nullable String owner, @Nullable String name, @Nullable String publicKey) {
    var merchant = AlipayNumbers.merchant(world, owner == null ? "" : owner);
    var did =
        merchant
            .or(() -> AlipayNumbers.agent(world, owner == null ? "" : owner))
            .orElseThrow(
                () ->
                    invalid("owner", "id or DID of a merchant or an agent of this world")
                        .observed(String.valueOf(owner)));
    var label = name == null || name.isBlank() ? did.name() : name.strip();
    requireName(label);
    var choice = choose(world, publicKey);
    var app =
        apps.add(
            world,
            did,
            merchant.isPresent() ? OwnerKind.MERCHANT : OwnerKind.AGENT,
            label,
            choice.map(KeyChoice::key));
    note(world, app, JournalEvent.APP_REGISTERED);
    return new RegisteredApp(app, choice.flatMap(KeyChoice::made));
  }

  /**
   * Gives an application another key; the earlier ones stay known.
   *
   * @throws Refusal {@code not_found}, {@code invalid_field}, {@code limit_exceeded}
   */
  public RegisteredApp changeKey(World world, String appId, @Nullable String publicKey) {
    var app = require(world, appId);
    var choice =
        choose(world, publicKey)
            .orElseThrow(() -> invalid("public_key", "a public key, or the word " + MAKE));
    var changed = apps.addKey(world, app, choice.key());
    note(world, changed, JournalEvent.APP_KEY_CHANGED);
    return new RegisteredApp(changed, choice.made());
  }

  /**
   * @throws Refusal {@code not_found}
   */
  public void remove(World world, String appId) {
    var app = require(world, appId);
    apps.remove(world, appId);
    note(world, app, JournalEvent.APP_REMOVED);
  }

  /**
   * @throws Refusal {@code not_found}
   */
  public AlipayApp require(World world, String appId) {
    return apps.find(world, appId)
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, "this world has no application of that number")
                    .at("app_id")
                    .observed(appId));
  }

  /**
   * Checks what people call an application.
   *
   * @throws Refusal {@code invalid_field}
   */
  public static void requireName(String name) {
    var label = name.strip();
    if (label.length() > MAX_NAME || label.codePoints().anyMatch(Character::isISOControl)) {
      throw invalid("name", "at most " + MAX_NAME + " characters");
    }
  }

  /**
   * Checks the choice of a key, as a request states it.
   *
   * @throws Refusal {@code invalid_field}
   */
  public static void requireKey(String publicKey) {
    if (!publicKey.isBlank() && !publicKey.equals(MAKE)) {
      pasted(publicKey);
    }
  }

  private Optional<KeyChoice> choose(World world, @Nullable String publicKey) {
    if (publicKey == null || publicKey.isBlank()) {
      return Optional.empty();
    }
    var now = world.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    if (publicKey.equals(MAKE)) {
      var made = newPair();
      var key = made.publicKey();
      return Optional.of(
          new KeyChoice(
              new AppKey(key, RsaKeyWriter.fingerprint(key), "made", now), made.privateKey()));
    }
    var key = pasted(publicKey);
    requireOwn(key);
    return Optional.of(
        new KeyChoice(
            new AppKey(key, RsaKeyWriter.fingerprint(key), "pasted", now), Optional.empty()));
  }

  /** Reads a pasted public key, and names what else it is. No message repeats the text. */
  private static RSAPublicKey pasted(String text) {
    if (text.length() > MAX_KEY_TEXT) {
      throw invalid("public_key", "a public key").observed(text.length() + " characters");
    }
    RsaKeyText read;
    try {
      read = RsaKeyText.read(text);
    } catch (KeyTextException notAKey) {
      throw new Refusal(
              Problem.INVALID_FIELD,
              "the text " + notAKey.mistake().description() + ", so it is no public key")
          .at("public_key")
          .expected("the application's public key: PEM, or one line of Base64 that begins MIIB")
          .remedy("Copy the whole key once more.");
    }
    if (read.container().isPrivate()) {
      throw new Refusal(
              Problem.INVALID_FIELD,
              "this is " + read.container().description() + "; it was not kept")
          .at("public_key")
          .expected("the application's public key")
          .remedy(
              "Keep the private key in your own program and paste its public key here. A private"
                  + " key that has been on another machine's screen is better replaced.");
    }
    if (read.publicKey().getModulus().bitLength() < MIN_BITS) {
      throw invalid("public_key", "an RSA key of at least " + MIN_BITS + " bits")
          .observed(read.publicKey().getModulus().bitLength() + " bits");
    }
    return read.publicKey();
  }

  private void requireOwn(RSAPublicKey key) {
    if (key.equals(platformKey.publicKey())) {
      throw new Refusal(
              Problem.INVALID_FIELD,
              "this is the platform's public key, which answers are verified with")
          .at("public_key")
          .expected("the application's own public key")
          .remedy(
              "The two keys are mixed up: put the platform's key into your program as the Alipay"
                  + " public key, and paste the public key of your own pair here.");
    }
  }

  private static RsaKeyText newPair() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(MIN_BITS);
      var key = (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate();
      return RsaKeyText.read(RsaKeyWriter.pkcs8(key));
    } catch (NoSuchAlgorithmException | KeyTextException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void note(World world, AlipayApp app, JournalEvent event) {
    world
        .journal()
        .note(
            new JournalNote(
                app.owner().value(),
                JournalNote.Kind.STATE,
                event,
                Map.of(),
                Map.of(
                    "app_id",
                    app.appId(),
                    "key",
                    app.currentKey().map(AppKey::fingerprint).orElse("none"))));
  }

  private static Refusal invalid(String field, String expected) {
    return new Refusal(Problem.INVALID_FIELD, field + " is not valid").at(field).expected(expected);
  }
}
