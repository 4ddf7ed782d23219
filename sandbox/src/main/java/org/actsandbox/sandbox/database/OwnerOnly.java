package org.actsandbox.sandbox.database;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes files and folders that only their owner may read; a file system without POSIX permissions
 * uses its own defaults.
 */
public final class OwnerOnly {

  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private OwnerOnly() {}

  /**
   * Makes a file with this content; it is never readable by others, not even for a moment.
   *
   * @throws FileAlreadyExistsException when a file of that name exists
   */
  public static void create(Path file, byte[] content) throws IOException {
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (var channel = FileChannel.open(file, options, attributes(file, FILE))) {
      for (var left = ByteBuffer.wrap(content); left.hasRemaining(); ) {
        channel.write(left);
      }
    }
  }

  /**
   * Makes an empty file and opens it for appending.
   *
   * @throws FileAlreadyExistsException when a file of that name exists
   */
  public static FileOutputStream open(Path file) throws IOException {
    create(file, new byte[0]);
    return new FileOutputStream(file.toFile(), true);
  }

  /**
   * Returns whose file or folder it is; a link is its maker's. Null where the file system knows no
   * owners.
   */
  static @Nullable UserPrincipal ownerOf(Path file) throws IOException {
    var view =
        Files.getFileAttributeView(file, FileOwnerAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    return view == null ? null : view.getOwner();
  }

  /** Removes the rights of other users from an existing file. */
  static void tighten(Path file) throws IOException {
    set(file, FILE);
  }

  static void tightenFolder(Path folder) throws IOException {
    set(folder, FOLDER);
  }

  /** Makes the folder and the missing folders above it; an existing folder is not changed. */
  static void createFolders(Path folder) throws IOException {
    Files.createDirectories(folder, attributes(folder, FOLDER));
  }

  private static void set(Path file, Set<PosixFilePermission> wanted) throws IOException {
    var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view != null && !view.readAttributes().permissions().equals(wanted)) {
      view.setPermissions(wanted);
    }
  }

  private static FileAttribute<?>[] attributes(Path file, Set<PosixFilePermission> wanted) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(wanted)}
        : new FileAttribute<?>[0];
  }
}
