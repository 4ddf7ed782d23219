package org.actsandbox.web.console.doctor;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.doctor.DoctorKeys;
import org.actsandbox.sandbox.doctor.Examination;
import org.actsandbox.sandbox.doctor.SignatureDoctor;
import org.actsandbox.sandbox.doctor.world.WorldDoctors;
import org.actsandbox.web.console.form.FormFields;
import org.actsandbox.web.console.frame.PageRequest;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/**
 * Shows the signature doctor. What is pasted is examined and forgotten: it goes neither into the
 * journal nor into the page that answers.
 */
@Controller
@RequestMapping("/console/{world}/doctor")
class DoctorPage {

  private static final String TEMPLATE = "console/doctor";

  private final WorldDoctors worldDoctors;

  DoctorPage(WorldDoctors worldDoctors) {
    this.worldDoctors = worldDoctors;
  }

  /** Shows the form; with {@code entry}, the examination of that journal entry. */
  @GetMapping
  Rendering show(PageRequest pageRequest) {
    var entry = pageRequest.query("entry");
    if (entry == null) {
      return pageRequest
          .page(TEMPLATE, "journal")
          .with("failures", FailedSignatures.of(pageRequest.world().journalStore()))
          .show();
    }
    var page = pageRequest.page(TEMPLATE, "journal").with("entry", entry);
    try {
      return page.with(
              "found",
              worldDoctors.examine(
                  pageRequest.world(), Long.parseLong(entry), UnaryOperator.identity(), null))
          .show();
    } catch (NumberFormatException noNumber) {
      return page.with("refused", pageRequest.words().say("doctor.entry.number"))
          .status(400)
          .show();
    } catch (Refusal notThere) {
      if (notThere.problem() != Problem.NOT_FOUND) {
        throw notThere;
      }
      return page.with("refused", pageRequest.words().say("doctor.entry.none", entry))
          .status(404)
          .show();
    }
  }

  @PostMapping
  Rendering examine(PageRequest pageRequest, FormFields form) {
    var text = form.fields().getFirst("text");
    if (text == null || text.isBlank() || text.length() > SignatureDoctor.MAX_CHARS) {
      return refused(pageRequest, pageRequest.words().say("doctor.text.missing"));
    }
    var signed = form.fields().getFirst("signed");
    try {
      var found =
          worldDoctors.examine(
              pageRequest.world(),
              text,
              known -> withKey(known, form),
              signed == null || signed.isBlank() ? null : signed.getBytes(StandardCharsets.UTF_8));
      boolean isPrivate = found.kind() == Examination.Kind.PRIVATE_KEY;
      return isPrivate
          ? refused(pageRequest, pageRequest.words().say("doctor.private"))
          : pageRequest.page(TEMPLATE, "journal").with("found", found).show();
    } catch (IllegalArgumentException noKey) {
      return refused(pageRequest, pageRequest.words().say("doctor.key.unusable"));
    }
  }

  private static Rendering refused(PageRequest pageRequest, String why) {
    return pageRequest.page(TEMPLATE, "journal").with("refused", why).status(400).show();
  }

  /** Adds the public key of the form, if there is one. */
  private static DoctorKeys withKey(DoctorKeys known, FormFields form) {
    var key = form.first("key");
    if (key == null) {
      return known;
    }
    return known.with(Objects.requireNonNullElse(form.first("owner"), ""), key);
  }
}
