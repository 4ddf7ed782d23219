package org.actsandbox.sandbox.database.redo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.retry.FilePathRetryOnInterrupt;

/**
 * Files of H2 that are written only after the redo log: H2 also writes by itself, and what it
 * writes must not be newer than the log, or a crash could leave a part of a transaction. A file is
 * opened again after Java has closed it: Java closes a file when a thread is interrupted while it
 * reads, and a plain file would stay closed for all threads until the next start.
 */
public final class LoggedFiles extends FilePathRetryOnInterrupt {

  /** The scheme of these files in an address of H2. */
  public static final String SCHEME = "logged";

  private static final Map<Path, Runnable> LOGS = new ConcurrentHashMap<>();

  /** Makes the scheme known to H2. */
  public static void register() {
    FilePath.register(new LoggedFiles());
  }

  /** Runs {@code write} before each write of the file, which exists. */
  static void logFirst(Path file, Runnable write) throws IOException {
    LOGS.put(file.toRealPath(), write);
  }

  /** Lets the file be written without {@code write} again; it may have been deleted meanwhile. */
  static void forget(Runnable write) {
    LOGS.values().remove(write);
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    var file = super.open(mode);
    return new LoggedFile(Path.of(name.substring(SCHEME.length() + 1)).toRealPath(), file);
  }

  /** The file below takes reads and writes at the same time, so they do not exclude each other. */
  @SuppressWarnings("UnsynchronizedOverridesSynchronized")
  private static final class LoggedFile extends FileBaseDefault {

    private final Path path;
    private final FileChannel file;

    LoggedFile(Path path, FileChannel file) {
      this.path = path;
      this.file = file;
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      return file.read(into, position);
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
      var log = LOGS.get(path);
      if (log != null) {
        try {
          log.run();
        } catch (UncheckedIOException failed) {
          throw failed.getCause();
        }
      }
      return file.write(from, position);
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    protected void implTruncate(long size) throws IOException {
      file.truncate(size);
    }

    @Override
    public void force(boolean metaData) throws IOException {
      file.force(metaData);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
      return file.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      file.close();
    }

    @Override
    public String toString() {
      return path.toString();
    }
  }
}
