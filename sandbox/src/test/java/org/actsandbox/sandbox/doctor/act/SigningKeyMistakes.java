package org.actsandbox.sandbox.doctor.act;

import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.AGENT;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.AGENT_OLD;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.REQUEST;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.RSA;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.SHOP;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.STRANGER;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.encrypted;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.jca;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.mistake;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.request;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.rsa;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.signedAs;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.text;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.utf8;

import java.util.stream.Stream;
import org.actsandbox.protocol.attestation.Base64Url;
import org.actsandbox.protocol.identity.Rsa2KeyPair;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.doctor.act.SignedRequestFixture.Mistake;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureCause;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureProbe;
import org.actsandbox.sandbox.key.KnownRsaPairs;
import tools.jackson.databind.node.ObjectNode;

/** Makes mistakes of keys and algorithms. */
final class SigningKeyMistakes {

  private SigningKeyMistakes() {}

  static Stream<Mistake> keys() {
    return Stream.of(
        mistake("no signer_id", SignatureCause.KEY_ID_ABSENT, () -> signedAs("", AGENT)),
        mistake(
            "the DID without the key",
            SignatureCause.KEY_ID_WITHOUT_KEY,
            () -> signedAs("did:act:my-agent", AGENT)),
        mistake(
            "a key id that no participant has",
            SignatureCause.KEY_ID_UNKNOWN,
            () -> signedAs("did:act:my-agent#main", AGENT)),
        mistake(
            "an older key of the same participant",
            SignatureCause.KEY_OTHER_OF_PARTICIPANT,
            () -> signedAs(AGENT.signerId(), AGENT_OLD)),
        mistake(
            "the key of another participant",
            SignatureCause.KEY_OF_OTHER_PARTICIPANT,
            () -> signedAs(AGENT.signerId(), SHOP)),
        mistake(
            "signer_id changed after the signature",
            SignatureCause.KEY_ID_CHANGED,
            () -> request(AGENT).put(SignedJson.SIGNER_ID, SHOP.signerId())),
        mistake(
            "an RSA key that is not registered",
            SignatureCause.KEY_UNKNOWN,
            () -> request(new Rsa2KeyPair(RSA.signerId(), KnownRsaPairs.pair(1)))),
        mistake(
            "an Ed25519 key that is not registered",
            SignatureCause.KEY_OR_TEXT_UNKNOWN,
            () -> request(STRANGER)),
        mistake(
            "an Ed25519 signature over a text that has nothing to do with the message",
            SignatureCause.KEY_OR_TEXT_UNKNOWN,
            () ->
                request(AGENT)
                    .put(
                        SignedJson.SIGNATURE_CONTENT,
                        Base64Url.encode(AGENT.sign(utf8("something else"))))),
        mistake(
            "an RSA signature over a text that has nothing to do with the message",
            SignatureCause.TEXT_UNKNOWN,
            () ->
                request(RSA)
                    .put(
                        SignedJson.SIGNATURE_CONTENT,
                        Base64Url.encode(RSA.sign(utf8("something else"))))),
        mistake(
            "another name of the algorithm",
            SignatureCause.ALGORITHM_NAME,
            () -> {
              var message = (ObjectNode) Json.parse(REQUEST);
              message.put(SignedJson.SIGNER_ID, AGENT.signerId());
              message.put(SignedJson.SIGNATURE_TYPE, "EdDSA");
              return message.put(
                  SignedJson.SIGNATURE_CONTENT,
                  Base64Url.encode(AGENT.sign(CanonicalJson.bytes(message))));
            }),
        rsa("SHA-1", SignatureCause.HASH_OTHER, text -> jca("SHA1withRSA", text)),
        rsa("SHA-512", SignatureCause.HASH_OTHER, text -> jca("SHA512withRSA", text)),
        rsa(
            "a digest without the name of its hash",
            SignatureCause.HASH_OTHER,
            text -> encrypted(SignatureProbe.digest("SHA-256", text))),
        rsa("RSASSA-PSS", SignatureCause.PADDING_PSS, SignedRequestFixture::pss));
  }
}
