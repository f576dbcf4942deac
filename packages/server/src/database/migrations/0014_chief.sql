-- Who decides on drafts and switches emergency announcements is neither an administrator nor any member of staff.
alter table person drop constraint person_role_check;
alter table person add constraint person_role_check check (role in ('administrator', 'chief', 'staff'));
