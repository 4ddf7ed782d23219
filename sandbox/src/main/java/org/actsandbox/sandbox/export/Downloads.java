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

/** Answers with an {@link Export}, for the API and the console alike. */
@Component
public class Downloads {

  private final Scheduler waiting;

  Downloads(@Qualifier("waitingScheduler") Scheduler waiting) {
    this.waiting = waiting;
  }

  public ResponseEntity<Flux<String>> of(World world, String format, Map<String, String> params) {
    var form = Export.Form.of(format);
    // Refuses what is wrong with it before the answer has begun.
    var selection = Selection.of(params).checked(world.principals());
    var export = new Export(form, world.base(), world.journalStore(), selection);
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(form.mediaType()))
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment()
                .filename(form.fileName(world.name()))
                .build()
                .toString())
        .body(export.text().subscribeOn(waiting));
  }
}
