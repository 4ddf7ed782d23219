package org.actsandbox.web.console.grades;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actsandbox.web.console.play.ConsoleStepNames;
import org.actsandbox.web.console.words.PageText;
import tools.jackson.databind.JsonNode;

/** Says in the reader's language what an agent did in a mission. */
final class StoryWords {

  /** Matches a request of a grade: method, path and status, and the code of a refusal. */
  private static final Pattern REQUEST =
      Pattern.compile("([A-Z]{3,7}) (/\\S*) ([0-9]{1,3})(?: ([A-Za-z_]+))?");

  private static final Pattern EVENT = Pattern.compile("[a-z]+(?:-[a-z]+)*");

  private StoryWords() {}

  /** Returns the steps of a result, marked where the agent first went wrong. */
  static List<GradePages.StoryRow> of(PageText words, JsonNode result) {
    long wrongAt = result.path("wrong_at").asLong();
    return result
        .path("story")
        .valueStream()
        .map(
            line -> {
              long seq = line.path("seq").asLong();
              var what = line.path("what").asString("");
              return new GradePages.StoryRow(
                  seq,
                  words.participant("did:act:" + line.path("actor").asString("")),
                  step(words, what),
                  REQUEST.matcher(what).matches() ? what : "",
                  wrongAt > 0 && seq == wrongAt);
            })
        .toList();
  }

  /** Returns the step in words; what is neither a request nor a known event stays, such as talk. */
  private static String step(PageText words, String what) {
    var request = REQUEST.matcher(what);
    if (request.matches()) {
      return request(words, request);
    }
    return EVENT.matcher(what).matches() ? words.sayOr("event." + what, what) : what;
  }

  private static String request(PageText words, Matcher request) {
    var asked = words.text(ConsoleStepNames.NAMES.request(request.group(1), request.group(2)));
    int status = Integer.parseInt(request.group(3));
    var code = request.group(4);
    if (status < 400) {
      return asked;
    }
    if (status == 402) {
      return words.say("grades.story.bill", asked);
    }
    return code == null
        ? words.say("grades.story.status", asked, status)
        : words.say(
            "grades.story.refused",
            asked,
            words.sayOr("refusal." + code.toLowerCase(Locale.ROOT), code));
  }
}
