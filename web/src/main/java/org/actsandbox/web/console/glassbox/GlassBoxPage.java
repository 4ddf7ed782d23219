package org.actsandbox.web.console.glassbox;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.actsandbox.agent.model.ModelSettings;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.web.console.frame.FormFields;
import org.actsandbox.web.console.frame.Visit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Flux;

/** The demo: say a wish, watch, choose, go to the cashier. */
@Controller
@RequestMapping("/console/{world}/try")
class GlassBoxPage {

  private static final String TEMPLATE = "console/try";
  private static final int LONGEST_SENTENCE = 2000;

  private final GlassBoxes boxes;
  private final Talks talks;
  private final LiveBox live;
  private final ModelSettings model;

  GlassBoxPage(GlassBoxes boxes, Talks talks, LiveBox live, ModelSettings model) {
    this.boxes = boxes;
    this.talks = talks;
    this.live = live;
    this.model = model;
  }

  record Said(@Nullable String text) {

    String sentence() {
      var said = text == null ? "" : text.strip();
      if (said.isEmpty() || said.length() > LONGEST_SENTENCE) {
        throw new Refusal(Problem.INVALID_FIELD, "the sentence is empty or too long")
            .at("text")
            .expected("1 to " + LONGEST_SENTENCE + " characters");
      }
      return said;
    }
  }

  @GetMapping
  Rendering empty(Visit visit) {
    var fresh = new Glass("");
    return page(visit, fresh, new Protocol(visit.words()), 0);
  }

  @PostMapping
  Rendering begin(Visit visit, @ModelAttribute Said said) {
    var sentence = said.sentence();
    var conversation = talks.open(visit.world(), visit.you());
    talks.say(visit.world(), visit.you(), conversation, sentence);
    return visit.redirect(visit.here() + "/try/" + conversation);
  }

  @GetMapping("/{conversation}")
  Rendering show(Visit visit, @PathVariable String conversation) {
    var world = visit.world();
    long until = world.journalStore().lastSeq();
    var glass = boxes.glass(world, visit.you(), conversation);
    return page(visit, glass, boxes.protocol(world, glass, visit.words(), until), until);
  }

  private Rendering page(Visit visit, Glass glass, Protocol protocol, long journal) {
    var shown = new HashMap<>(boxes.shelfModel(visit.world(), glass, GlassBoxes.Choice.NONE));
    shown.putAll(boxes.talkModel(glass));
    shown.put("onlook", false);
    shown.put("lanes", protocol.lanes());
    shown.put("rows", protocol.rows());
    shown.put("speaks", visit.world().settings().model().on(model));
    var page = visit.page(TEMPLATE, "try");
    shown.forEach(page::with);
    return page.with("position", new LiveBox.Position(glass.lastSeq(), journal).toString()).show();
  }

  @PostMapping("/{conversation}/say")
  Rendering say(Visit visit, @PathVariable String conversation, @ModelAttribute Said said) {
    talks.say(visit.world(), visit.you(), conversation, said.sentence());
    return done(visit, conversation);
  }

  /** The conversation a payment came from; the demo's start where none is known. */
  @GetMapping("/for/{tradeNo}")
  Rendering of(Visit visit, @PathVariable String tradeNo) {
    var conversation = boxes.conversationOf(visit.world(), tradeNo);
    return visit.redirect(visit.here() + "/try" + (conversation == null ? "" : "/" + conversation));
  }

  /** The conversation a delegation came from; the demo's start where none is known. */
  @GetMapping("/for-intent/{intentId}")
  Rendering ofIntent(Visit visit, @PathVariable String intentId) {
    var conversation = boxes.conversationOfIntent(visit.world(), intentId);
    return visit.redirect(visit.here() + "/try" + (conversation == null ? "" : "/" + conversation));
  }

  /** Another offer, seat or carriage is looked at; nothing is bought. */
  @GetMapping("/{conversation}/pick")
  Rendering pick(Visit visit, @PathVariable String conversation) {
    var query = visit.exchange().getRequest().getQueryParams();
    var glass = boxes.glass(visit.world(), visit.you(), conversation);
    var choice =
        new GlassBoxes.Choice(offerIds(query), visit.query("seat"), visit.query("carriage"));
    var model = new HashMap<String, Object>();
    model.put("pick", boxes.pick(visit.world(), glass, choice));
    model.put("conversation", conversation);
    model.put("here", visit.here());
    return visit.fragment(TEMPLATE + " :: pick", model);
  }

  @PostMapping("/{conversation}/take")
  Rendering take(Visit visit, @PathVariable String conversation, FormFields form) {
    var offers = List.copyOf(offerIds(form.fields()));
    if (offers.isEmpty()) {
      throw new Refusal(Problem.INVALID_FIELD, "nothing is picked").at("offer");
    }
    talks.choose(visit.world(), visit.you(), conversation, offers, form.first("seat"));
    return done(visit, conversation);
  }

  @PostMapping("/{conversation}/stop")
  Rendering stop(Visit visit, @PathVariable String conversation) {
    talks.cancel(visit.world(), visit.you(), conversation);
    return done(visit, conversation);
  }

  @GetMapping(path = "/{conversation}/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @ResponseBody
  Flux<ServerSentEvent<String>> live(
      Visit visit,
      @PathVariable String conversation,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
    var after = lastEventId == null ? visit.query("after") : lastEventId;
    var position = LiveBox.Position.parse(after == null ? "" : after);
    return live.follow(visit.world(), visit.you(), conversation, position, visit.words());
  }

  /** htmx needs nothing back: what changes comes over the live connection. */
  private static Rendering done(Visit visit, String conversation) {
    return visit.isPartial()
        ? visit.fragment(TEMPLATE + " :: nothing", Map.of())
        : visit.redirect(visit.here() + "/try/" + conversation);
  }

  /** Fields {@code offer.0}, {@code offer.1}, ... one per search. */
  private static Set<String> offerIds(MultiValueMap<String, String> fields) {
    var ids = new HashSet<String>();
    fields.forEach(
        (name, values) -> {
          if (name.startsWith("offer.") && !values.isEmpty()) {
            ids.add(values.getFirst());
          }
        });
    return ids;
  }
}
