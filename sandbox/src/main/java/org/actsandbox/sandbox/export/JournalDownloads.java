package org.actsandbox.sandbox.export;

import java.util.Map;
import org.actsandbox.sandbox.world.World;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/** Answers with a {@link JournalExport}, for the API and for the console. */
@Component
public class JournalDownloads {

  private final Scheduler waiting;

  JournalDownloads(@Qualifier("waitingScheduler") Scheduler waiting) {
    this.waiting = waiting;
  }

  public ResponseEntity<Flux<String>> of(World world, String format, Map<String, String> params) {
    var form = JournalExport.Form.of(format);
    // An invalid selection is refused before the answer has begun.
    var journalSelection = JournalSelection.of(params).checked(world.principals());
    var journalExport =
        new JournalExport(form, world.base(), world.journalStore(), journalSelection);
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(form.mediaType()))
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment()
                .filename(form.fileName(world.name()))
                .build()
                .toString())
        .body(journalExport.text().subscribeOn(waiting));
  }
}
