package org.actsandbox.sandbox.key;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;
import org.actsandbox.protocol.attestation.KeyPeriods;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.identity.SignatureType;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;

/**
 * Holds the private keys of one world. They derive from the world's key secret when first needed
 * and never leave: other objects hold a {@link Signer}, which only signs (ACT ADD-5).
 */
public final class KeyService implements KeyDirectory {

  private final byte[] secret;
  private final List<Did> participants;
  private final KeyRotations rotations;
  private final Map<String, Ed25519KeyPair> pairs = new ConcurrentHashMap<>();
  private final Map<Did, Integer> newest;

  /**
   * Held for writing from the moment a key begins until it is stored and known here: who needs a
   * key meanwhile waits for it. Otherwise the former key would sign what is later than its end.
   */
  private final ReentrantReadWriteLock beginning = new ReentrantReadWriteLock();

  /**
   * Held for a whole rotation: who waits for another rotation of this server takes no connection
   * from the purchases. The database orders those of several servers.
   */
  private final ReentrantLock rotating = new ReentrantLock();

  /** Start times of all keys except the first ones. */
  private final Map<Did, Map<Integer, Instant>> starts;

  /**
   * @param participants all participants with keys in this world
   */
  public KeyService(KeySecret secret, List<Did> participants, KeyRotations rotations) {
    this.secret = secret.bytes();
    this.participants = List.copyOf(participants);
    this.rotations = rotations;
    this.newest = new ConcurrentHashMap<>(rotations.newestKeys());
    this.starts = new ConcurrentHashMap<>(rotations.startTimes());
  }

  /** Returns the participant's signer; after a rotation the same object signs with the new key. */
  public Signer signer(Did participant) {
    requireParticipant(participant);
    return new NewestKey(participant);
  }

  /** Returns the principal's signer, which a PIN check releases for one signature only. */
  public PrincipalSigner principalSigner(Did principal) {
    requireParticipant(principal);
    return new ReleasedByPin(principal);
  }

  /**
   * Returns the key of a thing that {@code participant} has, such as a sub-account, under an id of
   * its own; it is in no key set.
   *
   * @param name letters, digits and hyphens
   */
  public Ed25519KeyPair dedicatedKey(Did participant, String name) {
    requireParticipant(participant);
    if (!name.matches("[A-Za-z0-9-]{1,64}")) {
      throw new IllegalArgumentException("not the name of a key: " + name);
    }
    return pairs.computeIfAbsent(
        participant.value() + "#" + name,
        id -> new Ed25519KeyPair(id, Hmac.derive(secret, "dedicated ed25519 " + id)));
  }

  public List<Did> participants() {
    return participants;
  }

  /**
   * Returns the public keys, newest first; old ones are included, because they still verify earlier
   * signatures.
   */
  public List<VerificationKey> publicKeys(Did participant) {
    int count = number(participant);
    return IntStream.range(0, count)
        .mapToObj(i -> pair(participant, count - i).publicKey())
        .toList();
  }

  /**
   * Gives the participant a new key, which signs from now on. The state in memory follows the
   * commit, one rotation after the other: no key is used before it is certain to survive a restart.
   */
  public VerificationKey rotate(Did participant, InstantSource clock) {
    requireParticipant(participant);
    rotating.lock();
    try {
      var next = rotations.next(participant, clock, beginning.writeLock());
      starts
          .computeIfAbsent(participant, _ -> new ConcurrentHashMap<>())
          .put(next.number(), next.from());
      newest.put(participant, next.number());
      return pair(participant, next.number()).publicKey();
    } finally {
      if (beginning.isWriteLockedByCurrentThread()) {
        beginning.writeLock().unlock();
      }
      rotating.unlock();
    }
  }

  /**
   * Returns 32 bytes for a purpose other than a key, as secret as the keys are.
   *
   * @param purpose must not begin like the name of a key
   */
  public byte[] derived(String purpose) {
    if (purpose.startsWith("ed25519 ") || purpose.startsWith("dedicated ")) {
      throw new IllegalArgumentException("keys do not leave: " + purpose);
    }
    return Hmac.derive(secret, purpose);
  }

  /** Returns all keys of a participant with the period of each, oldest first. */
  public List<KeyPeriods.KeyPeriod> periods(Did participant) {
    return IntStream.rangeClosed(1, number(participant))
        .mapToObj(
            number ->
                new KeyPeriods.KeyPeriod(
                    pair(participant, number).publicKey(),
                    start(participant, number).orElse(Instant.EPOCH),
                    start(participant, number + 1).orElse(null)))
        .toList();
  }

  /**
   * Returns the participant's signer with the key that was valid at {@code at}: an event before a
   * rotation is signed with the key of its time, so that it verifies (ACT TSD-5).
   */
  public Signer signerAt(Did participant, Instant at) {
    requireParticipant(participant);
    int number = number(participant);
    while (number > 1 && start(participant, number).filter(at::isBefore).isPresent()) {
      number--;
    }
    return pair(participant, number);
  }

  private Optional<Instant> start(Did participant, int number) {
    return Optional.ofNullable(starts.getOrDefault(participant, Map.of()).get(number));
  }

  @Override
  public Optional<VerificationKey> find(String signerId) {
    int hash = signerId.indexOf("#key-");
    if (hash < 0) {
      return Optional.empty();
    }
    var owner = signerId.substring(0, hash);
    for (var did : participants) {
      if (did.value().equals(owner)) {
        return find(did, signerId);
      }
    }
    return Optional.empty();
  }

  private Optional<VerificationKey> find(Did owner, String signerId) {
    for (int number = 1; number <= number(owner); number++) {
      if (owner.key(number).equals(signerId)) {
        return Optional.of(pair(owner, number).publicKey());
      }
    }
    return Optional.empty();
  }

  private int number(Did participant) {
    beginning.readLock().lock();
    try {
      return newest.getOrDefault(participant, 1);
    } finally {
      beginning.readLock().unlock();
    }
  }

  private Ed25519KeyPair pair(Did owner, int number) {
    return pairs.computeIfAbsent(
        owner.key(number), id -> new Ed25519KeyPair(id, Hmac.derive(secret, "ed25519 " + id)));
  }

  private void requireParticipant(Did participant) {
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
    public Ed25519KeyPair key() {
      return pair(owner, number(owner));
    }

    @Override
    public String signerId() {
      return key().signerId();
    }

    @Override
    public SignatureType type() {
      return SignatureType.ED25519;
    }

    @Override
    public byte[] sign(byte[] message) {
      return key().sign(message);
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
    public Signer release(PinCheckResult check) {
      if (!check.passed() || !check.principal().equals(principal)) {
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
