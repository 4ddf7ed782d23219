package org.actsandbox.web.starter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packs a starter and the settings of a registered merchant into one ZIP file. */
public final class StarterFiles {

  /** The same starter and settings give the same bytes, and this time has no time zone. */
  private static final LocalDateTime FILE_TIME = LocalDateTime.of(2026, 1, 1, 0, 0);

  private StarterFiles() {}

  /**
   * A file to download.
   *
   * @param fileName such as {@code tea-shop-java-shop.zip}
   * @param zip has the private key of the merchant if the settings have it, so it is not cached
   */
  @SuppressWarnings("ArrayRecordComponent") // sent at once, never compared
  public record Download(String fileName, byte[] zip) {

    @Override
    public String toString() {
      return "Download[%s, %d bytes]".formatted(fileName, zip.length);
    }
  }

  /**
   * Returns the files of a starter with {@code shop.env} and a {@code README.txt}, in a folder with
   * the name of the merchant.
   *
   * @param merchant id of the merchant, {@code ACT_ID}
   * @param env the lines NAME=VALUE that adding the merchant answers
   */
  public static Download of(Starter starter, String merchant, String env) {
    var folder = merchant + "-" + starter.code();
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
      for (var file : starter.files()) {
        add(zip, folder + "/" + nameInFolder(file), resource(file));
      }
      add(zip, folder + "/shop.env", env.getBytes(StandardCharsets.UTF_8));
      add(zip, folder + "/README.txt", readme(starter, env).getBytes(StandardCharsets.UTF_8));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return new Download(folder + ".zip", bytes.toByteArray());
  }

  /** Leaves out the folder of the language: {@code java/Shop.java} is {@code Shop.java}. */
  private static String nameInFolder(String file) {
    return file.substring(file.indexOf('/') + 1);
  }

  private static String readme(Starter starter, String env) {
    boolean complete = env.lines().anyMatch(line -> line.matches("ACT_KEY=.+"));
    return """
    A merchant of level %s (%s).

    %sStart it:    %s
    Check it:    ./run check-merchant (docs/check-merchant.md)

    shop.env has what it must know of its world.%s
    """
        .formatted(
            starter.level(),
            starter.language(),
            starter.needsKit()
                ? "First, in the sandbox's checkout:    ./run install-kit --lib FOLDER/lib\n"
                : "",
            starter.command(),
            complete
                ? " It holds the merchant's private key and role key: keep it out of repositories."
                : " Its ACT_KEY is empty, because the private key is told once only: fill it in.");
  }

  private static byte[] resource(String file) {
    var name = "/starters/" + file;
    try (var resource = StarterFiles.class.getResourceAsStream(name)) {
      if (resource == null) {
        throw new IllegalStateException("the starters are packed with the program: " + name);
      }
      return resource.readAllBytes();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    var entry = new ZipEntry(name);
    entry.setTimeLocal(FILE_TIME);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
