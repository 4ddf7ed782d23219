package org.actsandbox.sandbox.key;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.identity.SignatureType;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;

/**
 * The private keys of one world. They are made from the world's seed when first needed and never
 * leave: others hold a {@link Signer}, which only signs (ACT ADD-5).
 */
public final class KeyService implements KeyDirectory {

  private final byte[] seed;
  private final List<Did> participants;
  private final KeyRotations rotations;
  private final Map<String, Ed25519KeyPair> pairs = new ConcurrentHashMap<>();
  private final Map<Did, Integer> newest;

  /**
   * @param participants everybody who has keys in this world
   */
  public KeyService(byte[] seed, List<Did> participants, KeyRotations rotations) {
    this.seed = seed.clone();
    this.participants = List.copyOf(participants);
    this.rotations = rotations;
    this.newest = new ConcurrentHashMap<>(rotations.newestKeys());
  }

  /** The participant's signer; after a rotation the same object signs with the new key. */
  public Signer signer(Did participant) {
    known(participant);
    return new NewestKey(participant);
  }

  /** The principal's, released by a PIN check and for one signature only. */
  public PrincipalSigner principalSigner(Did principal) {
    known(principal);
    return new ReleasedByPin(principal);
  }

  public List<Did> participants() {
    return participants;
  }

  /** Newest first; old ones stay, because they still verify what they signed. */
  public List<VerificationKey> publicKeys(Did participant) {
    int count = number(participant);
    return IntStream.range(0, count)
        .mapToObj(i -> pair(participant, count - i).publicKey())
        .toList();
  }

  /** From now on the participant signs with a new key. */
  public VerificationKey rotate(Did participant) {
    known(participant);
    int next = newest.merge(participant, 2, (current, _) -> current + 1);
    rotations.store(participant, next);
    return pair(participant, next).publicKey();
  }

  @Override
  public Optional<VerificationKey> find(String signerId) {
    int hash = signerId.indexOf("#key-");
    if (hash < 0) {
      return Optional.empty();
    }
    var owner = signerId.substring(0, hash);
    return participants.stream()
        .filter(each -> each.value().equals(owner))
        .findFirst()
        .flatMap(
            did ->
                IntStream.rangeClosed(1, number(did))
                    .filter(i -> did.key(i).equals(signerId))
                    .mapToObj(i -> pair(did, i).publicKey())
                    .findFirst());
  }

  private int number(Did participant) {
    return newest.getOrDefault(participant, 1);
  }

  private Ed25519KeyPair pair(Did owner, int number) {
    return pairs.computeIfAbsent(
        owner.key(number), id -> new Ed25519KeyPair(id, Hmac.derive(seed, "ed25519 " + id)));
  }

  private void known(Did participant) {
    if (!participants.contains(participant)) {
      throw new IllegalArgumentException(participant + " has no key in this world");
    }
  }

  private final class NewestKey implements Signer {

    private final Did owner;

    NewestKey(Did owner) {
      this.owner = owner;
    }

    @Override
    public String signerId() {
      return owner.key(number(owner));
    }

    @Override
    public SignatureType type() {
      return SignatureType.ED25519;
    }

    @Override
    public byte[] sign(byte[] message) {
      return pair(owner, number(owner)).sign(message);
    }
  }

  private final class ReleasedByPin implements PrincipalSigner {

    private final Did principal;

    ReleasedByPin(Did principal) {
      this.principal = principal;
    }

    @Override
    public Did did() {
      return principal;
    }

    @Override
    public Signer release(PinCheck check) {
      if (!check.passed()) {
        throw new Refusal(Problem.PIN_WRONG, "the payment PIN does not release the key").at("pin");
      }
      return new OneSignature(pair(principal, number(principal)));
    }
  }

  private record OneSignature(Signer key, AtomicBoolean used) implements Signer {

    OneSignature(Signer key) {
      this(key, new AtomicBoolean());
    }

    @Override
    public String signerId() {
      return key.signerId();
    }

    @Override
    public SignatureType type() {
      return key.type();
    }

    @Override
    public byte[] sign(byte[] message) {
      if (!used.compareAndSet(false, true)) {
        throw new IllegalStateException("a released key signs one message only");
      }
      return key.sign(message);
    }
  }
}
