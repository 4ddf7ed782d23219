package org.actsandbox.web.console.frame;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Puts a digest of all styles and scripts into their addresses, so that a browser may keep them for
 * a year and still gets those of another version at once.
 */
@Component
public class AssetVersion {

  private static final int CHARS = 10;

  private final String path;

  AssetVersion() {
    path = "/assets/" + digest();
  }

  /** Returns the path of the folder, without a slash at the end. */
  public String path() {
    return path;
  }

  private static String digest() {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      var files =
          new PathMatchingResourcePatternResolver().getResources("classpath:/static/assets/*");
      Arrays.sort(files, Comparator.comparing(file -> String.valueOf(file.getFilename())));
      for (var file : files) {
        sha.update(file.getContentAsByteArray());
      }
      return new BigInteger(1, sha.digest()).toString(Character.MAX_RADIX).substring(0, CHARS);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
