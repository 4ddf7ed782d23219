package org.actsandbox.sandbox.export;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalExchange;
import org.actsandbox.sandbox.journal.JournalStore;
import reactor.core.publisher.Flux;

/** Writes the selected entries of a journal as a file while it is sent. */
public final class JournalExport {

  /** Ours: limits of a file that tools can still open; the file says when there was more. */
  static final int MAX_ENTRIES = 20_000;

  static final long MAX_CHARS = 64L * 1024 * 1024;
  private static final int PAGE = 100;

  /** Lists the file formats. */
  public enum Form {
    HAR("har", "application/json"),
    CURL("sh", "text/plain;charset=UTF-8"),
    JSON("json", "application/json");

    private final String ending;
    private final String mediaType;

    Form(String ending, String mediaType) {
      this.ending = ending;
      this.mediaType = mediaType;
    }

    public String fileName(String world) {
      return "act-" + world + "." + ending;
    }

    public String mediaType() {
      return mediaType;
    }

    /**
     * Finds a format by its name.
     *
     * @throws Refusal {@code invalid_field}
     */
    public static Form of(String name) {
      for (var form : values()) {
        if (form.name().equalsIgnoreCase(name)) {
          return form;
        }
      }
      throw new Refusal(Problem.INVALID_FIELD, "there is no such form")
          .at("format")
          .expected("har, curl or json")
          .observed(name.length() > 40 ? name.substring(0, 40) : name);
    }
  }

  private final Form form;
  private final URI base;
  private final JournalStore journal;
  private final JournalSelection journalSelection;

  /**
   * @param base address of the world, to which the script sends its calls
   */
  public JournalExport(
      Form form, URI base, JournalStore journal, JournalSelection journalSelection) {
    this.form = form;
    this.base = base;
    this.journal = journal;
    this.journalSelection = journalSelection;
  }

  /**
   * Returns the file in pieces; each page is read when the receiver has taken the one before.
   * Reading blocks, so subscribe on a scheduler that may wait.
   */
  public Flux<String> text() {
    return Flux.generate(
        () -> new Progress(journalSelection.query(0, 1).after()),
        (progress, sink) -> {
          if (progress.finished) {
            sink.complete();
          } else {
            sink.next(next(progress));
          }
          return progress;
        });
  }

  private static final class Progress {
    private long after;
    private long entries;
    private long chars;
    private boolean started;
    private boolean finished;
    private final LinkedHashSet<String> declared = new LinkedHashSet<>();

    Progress(long after) {
      this.after = after;
    }
  }

  private String next(Progress progress) {
    var text = new StringBuilder();
    if (!progress.started) {
      text.append(head());
      progress.started = true;
    }
    var page = journalSelection.page(journal, progress.after, PAGE);
    for (var entry : page.items()) {
      entry(progress, entry, text);
    }
    boolean more = !page.last() && page.lookedUpTo() > progress.after;
    progress.after = page.lookedUpTo();
    progress.chars += text.length();
    boolean full = progress.entries >= MAX_ENTRIES || progress.chars >= MAX_CHARS;
    if (!more || full) {
      text.append(tail(more));
      progress.finished = true;
    }
    return text.toString();
  }

  private void entry(Progress progress, JournalEntry entry, StringBuilder text) {
    if (form != Form.JSON && entry.kind() != Kind.EXCHANGE) {
      return;
    }
    var separator = progress.entries == 0 ? "\n" : ",\n";
    switch (form) {
      case HAR -> text.append(separator).append(HarFormat.entry(base, entry));
      case JSON -> text.append(separator).append(Json.write(entry));
      case CURL -> script(progress, entry, text);
    }
    progress.entries++;
  }

  private static void script(Progress progress, JournalEntry entry, StringBuilder text) {
    var command = CurlCommand.ofScript(Json.read(entry.data(), JournalExchange.class));
    var declarations = new ArrayList<String>();
    for (var variable : CurlCommand.variablesIn(command)) {
      if (progress.declared.add(variable)) {
        declarations.add(": \"${" + variable + ":?is not set}\"\n");
      }
    }
    text.append("\n# ")
        .append(entry.seq())
        .append("  ")
        .append(withoutControlCharacters(entry.actor()))
        .append(" -> ")
        .append(withoutControlCharacters(String.valueOf(entry.peer())))
        .append("  ")
        .append(withoutControlCharacters(entry.event()))
        .append(", was ")
        .append(entry.data().path("status").asInt())
        .append('\n');
    declarations.forEach(text::append);
    text.append(command).append('\n');
  }

  /** Replaces control characters, because a line break in a name would end the script's comment. */
  private static String withoutControlCharacters(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }

  private String head() {
    return switch (form) {
      case HAR -> HarFormat.head();
      case JSON -> "{\"items\":[";
      case CURL ->
          String.join(
              "\n",
              List.of(
                  "#!/usr/bin/env bash",
                  "# Repeats what was sent, in order, against a running sandbox. Keys and PIN are",
                  "# yours to set: they are in no journal. What was signed for one time or one",
                  "# request is refused the second time; that is the protocol at work.",
                  "set -u",
                  "BASE=${BASE:-" + base + "}",
                  "call() { local method=$1 url=$2; shift 2;"
                      + " printf '%s %s -> ' \"$method\" \"$url\";"
                      + " curl -sS -o /dev/null -w '%{http_code}\\n' --max-time 70"
                      + " -X \"$method\" \"$url\" \"$@\"; }",
                  ""));
    };
  }

  private String tail(boolean more) {
    var cut = "cut: there is more than one export holds";
    return switch (form) {
      case HAR -> HarFormat.tail(more ? cut : null) + "\n";
      case JSON -> "],\"complete\":" + !more + "}\n";
      case CURL -> more ? "\n# " + cut + "\n" : "";
    };
  }
}
