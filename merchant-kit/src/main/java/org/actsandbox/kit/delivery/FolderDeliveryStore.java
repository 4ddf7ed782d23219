package org.actsandbox.kit.delivery;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * Keeps deliveries in a folder, so that they survive the end of the process: one file with the
 * facts and one with the body for each. The facts are written last and on the disk before {@link
 * #save} returns, so a crash leaves either the whole delivery or none.
 *
 * <p>A folder belongs to one process at a time.
 */
public final class FolderDeliveryStore implements DeliveryStore, Closeable {

  private static final String FACTS = ".json";
  private static final String BODY = ".body";

  private final Path folder;
  private final FileChannel lockFile;
  private final Map<String, StoredDelivery> deliveries = new ConcurrentHashMap<>();

  private record Facts(
      String tradeNo,
      String outTradeNo,
      String resourceId,
      String digest,
      Instant deliveredAt,
      Instant expiresAt,
      boolean confirmed,
      @Nullable Boolean recorded,
      @Nullable PaidSale sale,
      int status,
      Map<String, String> headers) {}

  /**
   * Opens a folder, which is made if it is not there, and reads what is in it.
   *
   * @throws IOException if the folder cannot be read or written, or another process has it open
   */
  public FolderDeliveryStore(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.lockFile =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (lock(lockFile).isEmpty()) {
        throw new IOException("another process keeps its deliveries in " + folder);
      }
      readAll();
    } catch (IOException | RuntimeException failed) {
      lockFile.close();
      throw failed;
    }
  }

  private static Optional<FileLock> lock(FileChannel file) throws IOException {
    try {
      return Optional.ofNullable(file.tryLock());
    } catch (OverlappingFileLockException thisProcess) {
      return Optional.empty();
    }
  }

  private void readAll() throws IOException {
    var known = new HashSet<Path>();
    known.add(folder.resolve("lock"));
    try (var files = Files.newDirectoryStream(folder, "*" + FACTS)) {
      for (var file : files) {
        var facts = Json.read(Files.readAllBytes(file), Facts.class);
        var stored = stored(facts);
        deliveries.put(facts.tradeNo(), stored);
        known.add(file);
        known.add(body(facts.tradeNo()));
      }
    }
    // What a crash left half written was not delivered.
    try (var files = Files.newDirectoryStream(folder)) {
      for (var file : files) {
        if (!known.contains(file)) {
          Files.delete(file);
        }
      }
    }
  }

  private StoredDelivery stored(Facts facts) throws IOException {
    return new StoredDelivery(
        facts.tradeNo(),
        facts.outTradeNo(),
        facts.resourceId(),
        facts.digest(),
        facts.deliveredAt(),
        facts.expiresAt(),
        facts.confirmed(),
        // Before version 2.0 there were no records, and a sale without its facts gets none.
        facts.sale() == null || Boolean.TRUE.equals(facts.recorded()),
        facts.sale(),
        new DeliveredContent(
            facts.status(), facts.headers(), DeliveryBody.of(body(facts.tradeNo()))));
  }

  @Override
  public Optional<StoredDelivery> find(String tradeNo) {
    return Optional.ofNullable(deliveries.get(tradeNo));
  }

  @Override
  public StoredDelivery save(StoredDelivery delivery) throws IOException {
    var body = body(delivery.tradeNo());
    var draft = draft(body);
    try (var from = delivery.content().body().open()) {
      Files.copy(from, draft, StandardCopyOption.REPLACE_EXISTING);
    }
    publish(draft, body);
    write(delivery);
    var kept = stored(facts(delivery));
    deliveries.put(delivery.tradeNo(), kept);
    return kept;
  }

  @Override
  public List<StoredDelivery> unfinished() {
    return deliveries.values().stream().filter(each -> !each.isFinished()).toList();
  }

  @Override
  public synchronized void confirmed(String tradeNo) throws IOException {
    change(tradeNo, StoredDelivery::withConfirmed);
  }

  @Override
  public synchronized void recorded(String tradeNo) throws IOException {
    change(tradeNo, StoredDelivery::withRecorded);
  }

  private void change(String tradeNo, UnaryOperator<StoredDelivery> change) throws IOException {
    var delivery = deliveries.get(tradeNo);
    var changed = delivery == null ? null : change.apply(delivery);
    if (changed != null && !changed.equals(delivery)) {
      write(changed);
      deliveries.put(tradeNo, changed);
    }
  }

  @Override
  public synchronized void forgetBefore(Instant now) throws IOException {
    for (var delivery : List.copyOf(deliveries.values())) {
      if (delivery.isFinished() && delivery.expiresAt().isBefore(now)) {
        deliveries.remove(delivery.tradeNo());
        Files.deleteIfExists(path(delivery.tradeNo(), FACTS));
        Files.deleteIfExists(body(delivery.tradeNo()));
      }
    }
  }

  private void write(StoredDelivery delivery) throws IOException {
    var file = path(delivery.tradeNo(), FACTS);
    var draft = draft(file);
    Files.write(draft, Json.bytes(facts(delivery)));
    publish(draft, file);
  }

  private static Facts facts(StoredDelivery delivery) {
    return new Facts(
        delivery.tradeNo(),
        delivery.outTradeNo(),
        delivery.resourceId(),
        delivery.digest(),
        delivery.deliveredAt(),
        delivery.expiresAt(),
        delivery.confirmed(),
        delivery.recorded(),
        delivery.sale(),
        delivery.content().status(),
        delivery.content().headers());
  }

  private static Path draft(Path file) {
    return file.resolveSibling(file.getFileName() + ".tmp");
  }

  /** Puts a whole file where it is looked for, after its bytes are on the disk. */
  private static void publish(Path draft, Path file) throws IOException {
    try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private Path body(String tradeNo) {
    return path(tradeNo, BODY);
  }

  /** Digests the number, because the payment service chooses its characters. */
  private Path path(String tradeNo, String ending) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(tradeNo.getBytes(StandardCharsets.UTF_8));
      return folder.resolve(HexFormat.of().formatHex(digest, 0, 16) + ending);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /** Lets another process have the folder. */
  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
