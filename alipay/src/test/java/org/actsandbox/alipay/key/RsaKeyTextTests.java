package org.actsandbox.alipay.key;

import static org.actsandbox.alipay.TestKeys.appPrivate;
import static org.actsandbox.alipay.TestKeys.appPublic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.security.KeyPairGenerator;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that every container of a key is read, and named (AIP-206, AIP-207, AIP-230). */
class RsaKeyTextTests {

  private static final String PKCS1_PUBLIC = pkcs1Public();

  @ParameterizedTest
  @EnumSource(value = KeyContainer.class, mode = EnumSource.Mode.EXCLUDE, names = "CERTIFICATE")
  void eachContainerIsReadBareAndAsPemAndBroken(KeyContainer container) throws KeyTextException {
    var bare = text(container);
    var pem = RsaKeyWriter.pem(label(container), bare);

    for (var pasted : new String[] {bare, " " + bare + "\n", pem, pem.replace("\n", "\r\n")}) {
      var read = RsaKeyText.read(pasted);
      assertThat(read.container()).isEqualTo(container);
      assertThat(read.publicKey()).isEqualTo(appPublic());
      assertThat(read.privateKey().isPresent()).isEqualTo(container.isPrivate());
      assertThat(read.pem()).isEqualTo(pasted.contains("BEGIN"));
      read.privateKey()
          .ifPresent(
              key ->
                  assertThat(RsaKeyWriter.pkcs1(key)).isEqualTo(text(KeyContainer.PKCS1_PRIVATE)));
    }
  }

  @Test
  void thePemLabelIsNotBelieved() throws KeyTextException {
    var mislabelled = RsaKeyWriter.pem("PUBLIC KEY", RsaKeyWriter.pkcs8(appPrivate()));
    assertThat(RsaKeyText.read(mislabelled).container()).isEqualTo(KeyContainer.PKCS8_PRIVATE);
  }

  @Test
  void theTextOfAPrivateKeyIsNotPrinted() throws KeyTextException {
    var read = RsaKeyText.read(RsaKeyWriter.pkcs8(appPrivate()));
    assertThat(read.toString())
        .doesNotContain(appPrivate().getPrivateExponent().toString())
        .contains(RsaKeyWriter.fingerprint(appPublic()));
  }

  @ParameterizedTest
  @CsvSource({
    "'', EMPTY",
    "'  ', EMPTY",
    "'not a key!', NOT_BASE64",
    "'AAAA', NO_KEY",
    "'MAA=', NO_KEY",
    "'hello+world/', NO_KEY"
  })
  void otherTextsAreNamed(String text, KeyTextMistake mistake) {
    assertThat(mistakeOf(text)).isEqualTo(mistake);
  }

  @Test
  void aCutOffKeyAndAKeyWithMoreBehindItAreNamed() {
    var key = RsaKeyWriter.spki(appPublic());
    assertThat(mistakeOf(key.substring(0, 200))).isEqualTo(KeyTextMistake.INCOMPLETE);
    var longer = Base64.getDecoder().decode(key);
    var twice = java.util.Arrays.copyOf(longer, longer.length + 3);
    assertThat(mistakeOf(Base64.getEncoder().encodeToString(twice)))
        .isEqualTo(KeyTextMistake.TRAILING_BYTES);
  }

  @Test
  void keysOfOtherAlgorithmsAndWeakKeysAreNamed() throws Exception {
    var curve = KeyPairGenerator.getInstance("EC").generateKeyPair();
    assertThat(mistakeOf(base64(curve.getPublic().getEncoded())))
        .isEqualTo(KeyTextMistake.OTHER_ALGORITHM);
    assertThat(mistakeOf(base64(curve.getPrivate().getEncoded())))
        .isEqualTo(KeyTextMistake.OTHER_ALGORITHM);
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(512);
    assertThat(mistakeOf(base64(generator.generateKeyPair().getPublic().getEncoded())))
        .isEqualTo(KeyTextMistake.WEAK);
  }

  private static KeyTextMistake mistakeOf(String text) {
    var exception = catchThrowableOfType(KeyTextException.class, () -> RsaKeyText.read(text));
    if (text.length() > 20) {
      assertThat(exception).hasMessageNotContaining(text.substring(0, 20));
    }
    return exception.mistake();
  }

  private static String text(KeyContainer container) {
    return switch (container) {
      case PKCS8_PRIVATE -> RsaKeyWriter.pkcs8(appPrivate());
      case PKCS1_PRIVATE -> RsaKeyWriter.pkcs1(appPrivate());
      case SPKI_PUBLIC -> RsaKeyWriter.spki(appPublic());
      case PKCS1_PUBLIC -> PKCS1_PUBLIC;
      case CERTIFICATE -> throw new IllegalArgumentException();
    };
  }

  private static String label(KeyContainer container) {
    return switch (container) {
      case PKCS8_PRIVATE -> "PRIVATE KEY";
      case PKCS1_PRIVATE -> "RSA PRIVATE KEY";
      case SPKI_PUBLIC -> "PUBLIC KEY";
      case PKCS1_PUBLIC -> "RSA PUBLIC KEY";
      case CERTIFICATE -> "CERTIFICATE";
    };
  }

  private static String pkcs1Public() {
    try {
      return base64(
          new org.bouncycastle.asn1.pkcs.RSAPublicKey(
                  appPublic().getModulus(), appPublic().getPublicExponent())
              .getEncoded());
    } catch (java.io.IOException inMemory) {
      throw new java.io.UncheckedIOException(inMemory);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Holds what the JDK makes to what this writer makes: two makers, one text. */
  @Test
  void theWritersTextIsTheJdksText() {
    assertThat(RsaKeyWriter.spki(appPublic())).isEqualTo(base64(appPublic().getEncoded()));
    assertThat(RsaKeyWriter.pkcs8(appPrivate())).isEqualTo(base64(appPrivate().getEncoded()));
  }
}
