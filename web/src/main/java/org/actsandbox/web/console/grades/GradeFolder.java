package org.actsandbox.web.console.grades;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.share.ShareToken;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Keeps the grades of agents as files in the data folder, one for each run. */
public final class GradeFolder {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

  private static final int STAMP_CHARS = "yyyyMMdd-HHmmss-SSS".length();

  private static final String NAME = "[a-z0-9-]{1,90}";
  private static final String SUFFIX = ".json";

  /** Of the file beside a run that has the digest of its link. */
  private static final String LINK_SUFFIX = ".link";

  private static final int MAX_AGENT_CHARS = 40;

  /** The newest runs that a list shows. */
  private static final int SHOWN = 100;

  /** Marks a run that was made to be shown to an audience, and stands in no list. */
  private static final String STAGED = "staged";

  /** Ours: so many runs made for an audience stay of each agent, the newest ones. */
  private static final int MAX_STAGED = 10;

  private final Path folder;
  private final GradeRecordings recordings;

  public GradeFolder(Path data) {
    this.folder = data.resolve("grades");
    this.recordings = new GradeRecordings(folder);
  }

  /**
   * Writes a grade and returns its file. The recordings of its missions are taken out of it, into
   * files of their own.
   */
  public Path keep(ObjectNode grade) {
    var at = Instant.now();
    var agent =
        grade
            .path("agent")
            .asString("")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    var file = fileOf(at, agent);
    while (Files.exists(file)) {
      at = at.plusMillis(1);
      file = fileOf(at, agent);
    }
    try {
      Files.createDirectories(folder);
      recordings.split(grade, nameOf(file));
      Files.writeString(file, Json.write(grade.put("at", at.toString())));
      return file;
    } catch (IOException unwritable) {
      throw new UncheckedIOException("the grade cannot be kept in " + folder, unwritable);
    }
  }

  /**
   * Keeps a run that was made to be shown to an audience. It is in no list, and the oldest ones of
   * the agent go.
   *
   * @return name of the run
   */
  String keepStaged(ObjectNode grade) {
    var run = nameOf(keep(grade.put(STAGED, true)));
    var agent = run.substring(STAMP_CHARS);
    names()
        .filter(name -> name.endsWith(agent))
        .filter(this::isStaged)
        .skip(MAX_STAGED)
        .forEach(this::remove);
    return run;
  }

  private boolean isStaged(String run) {
    return find(run).map(GradeFolder::isStaged).orElse(false);
  }

  private static boolean isStaged(JsonNode grade) {
    return grade.path(STAGED).asBoolean(false);
  }

  private Path fileOf(Instant at, String agent) {
    var name =
        STAMP.format(at) + "-" + agent.substring(0, Math.min(MAX_AGENT_CHARS, agent.length()));
    return folder.resolve(name.replaceAll("-$", "") + SUFFIX);
  }

  /**
   * The link of a run.
   *
   * @param token the secret in its address; the folder has only its digest
   */
  record GradeLink(String token, Instant expiresAt) {

    @Override
    public String toString() {
      return "GradeLink[" + expiresAt + "]";
    }
  }

  /** Makes the link of a run; an earlier link of it opens nothing from now on. */
  Optional<GradeLink> link(String run, Instant expiresAt) {
    if (find(run).isEmpty()) {
      return Optional.empty();
    }
    var link = new GradeLink(ShareToken.token(), expiresAt);
    var stored =
        Json.object()
            .put("token_hash", ShareToken.hash(link.token()))
            .put("expires_at", expiresAt.toString());
    try {
      // Moved into place, so that a reader meanwhile sees the earlier link or this one.
      var written = Files.createTempFile(folder, "link", ".new");
      Files.writeString(written, Json.write(stored));
      Files.move(written, folder.resolve(run + LINK_SUFFIX), StandardCopyOption.REPLACE_EXISTING);
      return Optional.of(link);
    } catch (IOException unwritable) {
      throw new UncheckedIOException("the link cannot be kept in " + folder, unwritable);
    }
  }

  /** Opens a run by its link; empty when it never existed, has expired or was replaced. */
  Optional<JsonNode> open(String token, Instant now) {
    if (!ShareToken.isToken(token) || !Files.isDirectory(folder)) {
      return Optional.empty();
    }
    var hash = ShareToken.hash(token);
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(LINK_SUFFIX))
          .filter(file -> opens(file, hash, now))
          .findFirst()
          .map(file -> file.getFileName().toString())
          .flatMap(name -> find(name.substring(0, name.length() - LINK_SUFFIX.length())));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the links cannot be listed", unreadable);
    }
  }

  private static boolean opens(Path file, String hash, Instant now) {
    try {
      var link = Json.parse(Files.readString(file));
      return link.path("token_hash").asString("").equals(hash)
          && now.isBefore(Instant.parse(link.path("expires_at").asString("")));
    } catch (IOException | JacksonException | DateTimeParseException unreadable) {
      // A file that another program left there is no link.
      return false;
    }
  }

  private static String nameOf(Path file) {
    var name = file.getFileName().toString();
    return name.substring(0, name.length() - SUFFIX.length());
  }

  GradeRecordings recordings() {
    return recordings;
  }

  /** Returns the newest runs, newest first; each has its name in {@code run}. */
  public List<JsonNode> newest() {
    return names()
        .flatMap(name -> find(name).stream())
        .filter(grade -> !isStaged(grade))
        .limit(SHOWN)
        .map(JsonNode.class::cast)
        .toList();
  }

  /** Returns the names of all runs, newest first. */
  private Stream<String> names() {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (var files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .sorted(Comparator.reverseOrder())
          .toList()
          .stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the grades cannot be listed", unreadable);
    }
  }

  /** Returns a run by its name; empty if there is none that can be read. */
  Optional<JsonNode> find(String run) {
    var file = folder.resolve(run + SUFFIX);
    if (!run.matches(NAME) || !Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      // A file that another program left there is no grade.
      return GradeFile.read(Files.readAllBytes(file)).map(grade -> grade.put("run", run));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /**
   * Removes a run that was uploaded; those of this machine stay.
   *
   * @return whether there was such a run
   */
  boolean removeUploaded(String run) {
    boolean uploaded = find(run).map(GradeFolder::isUploaded).orElse(false);
    if (uploaded) {
      remove(run);
    }
    return uploaded;
  }

  private void remove(String run) {
    try {
      Files.deleteIfExists(folder.resolve(run + SUFFIX));
      Files.deleteIfExists(folder.resolve(run + LINK_SUFFIX));
      recordings.remove(run);
    } catch (IOException unwritable) {
      throw new UncheckedIOException("the run cannot be removed from " + folder, unwritable);
    }
  }

  /** Says whether a grade was made elsewhere, so that nothing in it is verified here. */
  public static boolean isUploaded(JsonNode grade) {
    return grade.path(UploadedGrade.MARK).asBoolean(false);
  }
}
